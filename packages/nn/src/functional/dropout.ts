import { noGrad, type Tensor, ValueError, zerosLike } from "@kindling/core";
import { checkOptions, checkTensor } from "@kindling/core/extend";

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

/** Throws for what is not a probability. */
export function checkProbability(op: string, p: number): void {
  if (p >= 0 && p <= 1) return;
  throw new ValueError(
    op,
    `dropout probability has to be between 0 and 1, but got ${p}`,
    "",
    "It is the share that is dropped.",
  );
}
