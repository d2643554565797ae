import type { Tensor } from "@kindling/core";
import { checkTensor, warn } from "@kindling/core/extend";

/**
 * `exp(x) / sum(exp(x))` along `dim`: positive, with sum 1.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.softmax.html
 */
export function softmax(x: Tensor, dim?: number): Tensor {
  checkTensor("softmax", x);
  return x.softmax(dim ?? implicitDim("softmax", x));
}

/**
 * `log(softmax(x))` along `dim`, computed without overflow.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.log_softmax.html
 */
export function logSoftmax(x: Tensor, dim?: number): Tensor {
  checkTensor("logSoftmax", x);
  return x.logSoftmax(dim ?? implicitDim("log_softmax", x));
}

/** What PyTorch takes, under protest, when no dimension is given. */
function implicitDim(name: string, x: Tensor): number {
  warn(
    `Implicit dimension choice for ${name} has been deprecated. Change the call to include dim=X as an argument. (Here: pass the dimension, 1 for a batch of scores.)`,
  );
  return [0, 1, 3].includes(x.ndim) ? 0 : 1;
}
