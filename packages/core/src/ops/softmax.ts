import { isFloat, scalarTypeName } from "../base/dtype.ts";
import { DTypeError, IndexOutOfRangeError, ValueError } from "../base/errors.ts";
import { normalizeDim } from "../base/shape.ts";
import { defineFused } from "../graph/fused.ts";
import { defineOp, kernel } from "../graph/op.ts";
import { checkTensor } from "../tensor/arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { exp, log, mul, neg, sub } from "./arithmetic.ts";
import { sum } from "./broadcast.ts";
import { cast } from "./conversion.ts";
import { peek } from "./indexing.ts";
import { transpose } from "./movement.ts";
import { amax } from "./reduction.ts";

const softmaxOp = defineOp<number>("softmax", {
  forward([x], dim) {
    const input = x as Tensor;
    if (input.ndim === 0) return exp(mul(input, 0));
    const last = input.ndim - 1;
    const rows = dim === last ? input : transpose(input, dim, last);
    const out = kernel("softmax", { x: rows }, {}, rows.shape, "float32");
    return dim === last ? out : transpose(out, dim, last);
  },
  backward(grad, { output, attrs: dim }) {
    const weighted = mul(grad, output);
    return [sub(weighted, mul(output, sum(weighted, dim, { keepdim: true })))];
  },
});

/** `exp(x) / Σ exp(x)` along `dim`. */
export function softmax(x: Tensor, dim: number): Tensor {
  checkTensor("softmax", x);
  return softmaxOp([floats("softmax", x)], normalizeDim("softmax", dim, x.ndim));
}

/** The kernel of {@link logSoftmax}. */
export const logSoftmaxKernel = defineFused("logSoftmax", ({ x }, { dim }) => {
  const shifted = sub(x, amax(x, dim, { keepdim: true }));
  return [sub(shifted, log(sum(exp(shifted), dim, { keepdim: true })))];
});

/** The kernel of its gradient. */
export const logSoftmaxBackwardKernel = defineFused("logSoftmaxBackward", ({ grad, output }, { dim }) => [
  sub(grad, mul(exp(output), sum(grad, dim, { keepdim: true }))),
]);

const logSoftmaxOp = defineOp<number>("logSoftmax", {
  forward([x], dim) {
    const input = x as Tensor;
    if (input.ndim === 0 || input.numel() === 0) return mul(input, 0);
    return logSoftmaxKernel({ x: input }, { dim }, [input])[0];
  },
  backward: (grad, { output, attrs: dim }) => [logSoftmaxBackwardOp([grad, output], dim)],
});

/** `grad - exp(output) Σ grad`, with a derivative of its own. */
const logSoftmaxBackwardOp = defineOp<number>("logSoftmaxBackward", {
  forward([grad, output], dim) {
    const [given, from] = [grad as Tensor, output as Tensor];
    if (given.ndim === 0 || given.numel() === 0) return mul(given, 0);
    return logSoftmaxBackwardKernel({ grad: given, output: from }, { dim }, [given])[0];
  },
  backward(grad, saved) {
    const { attrs: dim, needs } = saved;
    const softmax = exp(saved.input(1));
    const whole = (x: Tensor): Tensor => sum(x, dim, { keepdim: true });
    return [
      needs[0] === true ? sub(grad, whole(mul(grad, softmax))) : null,
      needs[1] === true ? neg(mul(mul(grad, softmax), whole(saved.input(0)))) : null,
    ];
  },
});

/** `x - log(Σ exp(x))` along `dim`, without overflow. */
export function logSoftmax(x: Tensor, dim: number): Tensor {
  checkTensor("logSoftmax", x);
  return logSoftmaxOp([floats("logSoftmax", x)], normalizeDim("logSoftmax", dim, x.ndim));
}

function floats(op: string, x: Tensor): Tensor {
  if (isFloat(x.dtype)) return x;
  const name = op === "softmax" ? "softmax_lastdim_kernel_impl" : "log_softmax_lastdim_kernel_impl";
  throw new DTypeError(
    op,
    `"${name}" not implemented for '${scalarTypeName(x.dtype)}'`,
    "",
    'Convert first: x.to("float32").',
  );
}

const oneHotOp = defineOp<number>("oneHot", {
  forward([x], depth) {
    const index = cast(x as Tensor, "int32");
    return kernel("oneHot", { index }, { depth }, [...index.shape, depth], "int32");
  },
});

/**
 * A row of `numClasses` for each class index, 1 at the class and 0 elsewhere (`int32`). Without `numClasses` the indices
 * are read for the largest.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.one_hot.html
 */
export function oneHot(x: Tensor, numClasses = -1): Tensor {
  checkTensor("oneHot", x);
  if (isFloat(x.dtype)) {
    throw new DTypeError(
      "oneHot",
      "one_hot is only applicable to index tensor of type LongTensor.",
      `got ${x.dtype}`,
      'Convert it: labels.to("int32").',
    );
  }
  if (x.numel() === 0 && numClasses <= 0) {
    throw new ValueError(
      "oneHot",
      "Can not infer total number of classes from empty tensor.",
      "",
      "Give it: oneHot(labels, 10).",
    );
  }
  const known = peek(x) ?? (numClasses < 0 ? x.dataSync() : undefined);
  let [low, high] = [0, -1];
  for (const value of known ?? []) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low < 0 || (numClasses >= 0 && high >= numClasses)) {
    throw new IndexOutOfRangeError(
      "oneHot",
      low < 0 ? "Class values must be non-negative." : "Class values must be smaller than num_classes.",
      `got ${low < 0 ? low : high}${numClasses >= 0 ? ` with ${numClasses} classes` : ""}`,
    );
  }
  return oneHotOp([x], numClasses < 0 ? high + 1 : numClasses);
}
