import { pythonRepr, type Tensor } from "@kindling/core";
import { checkProbability, dropout } from "../functional/dropout.ts";
import { Module } from "../module.ts";
import { checkOptions } from "../options.ts";

export interface DropoutOptions {
  /** The probability of an element to be zeroed, where it is not given by itself. Default: 0.5. */
  readonly p?: number;
  /** Overwrite the input instead of making a new tensor. Default: false. */
  readonly inplace?: boolean;
}

/**
 * In training, zeroes each element with probability `p` and divides the others by `1 - p`; in evaluation it does nothing.
 * `new Dropout(0.2)`, `new Dropout(0.2, { inplace: true })` or `new Dropout({ p: 0.2 })`.
 *
 * @throws ValueError `dropout probability has to be between 0 and 1, but got 1.5`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Dropout.html
 */
export class Dropout extends Module {
  p: number;
  inplace: boolean;

  constructor(probability: number | DropoutOptions = 0.5, more: Omit<DropoutOptions, "p"> = {}) {
    super();
    const options: DropoutOptions = typeof probability === "number" ? { p: probability, ...more } : probability;
    checkOptions("Dropout", options, ["p", "inplace"]);
    const { p = 0.5, inplace = false } = options;
    checkProbability("Dropout", p);
    this.p = p;
    this.inplace = inplace;
  }

  override forward(x: Tensor): Tensor {
    return dropout(x, { p: this.p, training: this.training, inplace: this.inplace });
  }

  override extraRepr(): string {
    return `p=${pythonRepr(this.p)}, inplace=${pythonRepr(this.inplace)}`;
  }
}
