import { isFloat, scalarTypeName } from "../base/dtype.ts";
import { DTypeError } from "../base/errors.ts";
import { normalizeDim } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { defineOp, kernel } from "../graph/op.ts";
import { checkTensor } from "../tensor/arguments.ts";
import type { WithDType } from "../tensor/method-arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { exp, mul, sub } from "./arithmetic.ts";
import { converted } from "./conversion.ts";
import { logSoftmaxOp } from "./log-softmax.ts";
import { transpose } from "./reordering.ts";
import { sum } from "./sum.ts";

const softmaxOp = defineOp<number>("softmax", {
  forward([x], dim) {
    const input = x as Tensor;
    if (input.ndim === 0) return exp(mul(input, 0));
    const last = input.ndim - 1;
    const rows = dim === last ? input : transpose(input, dim, last);
    const out = kernel("softmax", { x: rows }, {}, rows.shape, rows.dtype);
    return dim === last ? out : transpose(out, dim, last);
  },
  backward(grad, { output, attrs: dim }) {
    const weighted = mul(grad, output);
    return [sub(weighted, mul(output, sum(weighted, dim, { keepdim: true })))];
  },
});

/**
 * `exp(x) / Σ exp(x)` along `dim`. Floats only, or what `dtype` makes them.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.softmax.html
 * @example softmax(tensor([1, 1]), 0) // tensor([0.5000, 0.5000])
 */
export function softmax(x: Tensor, dim: number, options: WithDType = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("softmax(x, dim, options?)", arguments.length);
  checkTensor("softmax", x);
  return softmaxOp([floats("softmax", converted("softmax", x, options))], normalizeDim("softmax", dim, x.ndim));
}

/**
 * `x - log(Σ exp(x))` along `dim`, without overflow. Floats only, or what `dtype` makes them.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.log_softmax.html
 * @example logSoftmax(tensor([1, 1]), 0) // tensor([-0.6931, -0.6931])
 */
export function logSoftmax(x: Tensor, dim: number, options: WithDType = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("logSoftmax(x, dim, options?)", arguments.length);
  checkTensor("logSoftmax", x);
  const given = floats("logSoftmax", converted("logSoftmax", x, options));
  return logSoftmaxOp([given], normalizeDim("logSoftmax", dim, x.ndim));
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
