import { defineFused } from "../graph/fused.ts";
import { add, div, maximum, mul, neg, sqrt, sub } from "./arithmetic.ts";
import { clone } from "./copying.ts";

// Steps of optimizers: the new values of a parameter and of what is remembered of it. PyTorch has them as `torch._fused_sgd_` and
// `torch._fused_adam_`. The order of operations in the fallbacks is that of its loops over tensors, so that numbers are.

/** The parameter after a step of SGD, and with momentum its buffer. */
export const sgdStep = defineFused("sgdStep", ({ parameter, grad, buffer }, attrs) => {
  const { lr, momentum, dampening, weightDecay, nesterov, maximize } = attrs;
  let d = maximize ? neg(grad) : grad;
  if (weightDecay !== 0) d = add(d, parameter, { alpha: weightDecay });
  if (momentum === 0) return [add(parameter, d, { alpha: -lr })];
  // Not zeros before the first step: that gradient is taken over whole, whatever the dampening.
  const next = buffer === undefined ? clone(d) : add(mul(buffer, momentum), d, { alpha: 1 - dampening });
  d = nesterov ? add(d, next, { alpha: momentum }) : next;
  return [add(parameter, d, { alpha: -lr }), next];
});

/** The parameter after a step of Adam, both averages, and with AMSGrad the largest second one. */
export const adamStep = defineFused("adamStep", ({ parameter, grad, expAvg, expAvgSq, maxExpAvgSq }, attrs) => {
  const { lr, beta1, beta2, eps, weightDecay, decoupledWeightDecay, maximize, step } = attrs;
  let p = parameter;
  let g = maximize ? neg(grad) : grad;
  if (weightDecay !== 0) {
    if (decoupledWeightDecay) p = mul(p, 1 - lr * weightDecay);
    else g = add(g, p, { alpha: weightDecay });
  }
  const m = add(expAvg, sub(g, expAvg), { alpha: 1 - beta1 });
  const v = add(mul(expAvgSq, beta2), mul(mul(g, 1 - beta2), g));
  const largest = maxExpAvgSq === undefined ? v : maximum(maxExpAvgSq, v);
  const denominator = add(div(sqrt(largest), Math.sqrt(1 - beta2 ** step)), eps);
  const next = sub(p, div(mul(m, lr / (1 - beta1 ** step)), denominator));
  return maxExpAvgSq === undefined ? [next, m, v] : [next, m, v, largest];
});
