import { defineFused } from "../graph/fused.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { exp, log, mul, neg, sub } from "./arithmetic.ts";
import { amax } from "./extremes.ts";
import { sum } from "./sum.ts";

/** The kernel of `logSoftmax`. */
export const logSoftmaxKernel = defineFused("logSoftmax", ({ x }, { dim }) => {
  const shifted = sub(x, amax(x, dim, { keepdim: true }));
  return [sub(shifted, log(sum(exp(shifted), dim, { keepdim: true })))];
});

/** The kernel of its gradient. */
export const logSoftmaxBackwardKernel = defineFused("logSoftmaxBackward", ({ grad, output }, { dim }) => [
  sub(grad, mul(exp(output), sum(grad, dim, { keepdim: true }))),
]);

/** `x - log(Σ exp(x))` along a dimension, without overflow. */
export const logSoftmaxOp = defineOp<number>("logSoftmax", {
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
