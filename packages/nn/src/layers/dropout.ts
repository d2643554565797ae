import { noGrad, type Tensor, zerosLike } from "@kindling/core";
import { checkOptions, checkTensor, surplusArguments } from "@kindling/core/extend";
import { checkProbability, DropoutNd, type DropoutOptions } from "./dropout-nd.ts";

export interface DropoutFunctionOptions {
  /** The probability of an element to be zeroed. Default: 0.5. */
  readonly p?: number;
  /** Whether to drop anything at all. Default: true. */
  readonly training?: boolean;
  /** Overwrite the input instead of making a new tensor. Default: false. */
  readonly inplace?: boolean;
}

/**
 * `x * mask / (1 - p)` with a mask that is 0 with probability `p` and 1 otherwise, drawn from the default generator:
 * the mask that PyTorch draws for the same seed. Outside training, `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.dropout.html
 */
export function dropout(x: Tensor, options: DropoutFunctionOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("dropout(x, options?)", arguments.length);
  checkTensor("dropout", x);
  checkOptions("dropout", options, ["p", "training", "inplace"]);
  const { p = 0.5, training = true, inplace = false } = options;
  checkProbability("dropout", p);
  if (p === 0 || !training || x.numel() === 0) return x;
  const noise = noGrad(() =>
    p === 1
      ? zerosLike(x)
      : zerosLike(x)
          .bernoulli_(1 - p)
          .div_(1 - p),
  );
  return inplace ? x.mul_(noise) : x.mul(noise);
}

/**
 * In training, zeroes each element with probability `p` and divides the others by `1 - p`; in evaluation it does nothing.
 * `new Dropout(0.2)`, `new Dropout(0.2, { inplace: true })` or `new Dropout({ p: 0.2 })`.
 *
 * @throws ValueError `dropout probability has to be between 0 and 1, but got 1.5`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Dropout.html
 */
export class Dropout extends DropoutNd {
  constructor(probability: number | DropoutOptions = 0.5, more: Omit<DropoutOptions, "p"> = {}) {
    if (arguments.length > 2) throw surplusArguments("new Dropout(probability?, more?)", arguments.length);
    super("Dropout", probability, more);
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Dropout.forward(x)", arguments.length);
    return dropout(x, { p: this.p, training: this.training, inplace: this.inplace });
  }
}
