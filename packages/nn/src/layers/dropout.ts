import type { Tensor } from "@kindling/core";
import { dropout } from "../functional/dropout.ts";
import { DropoutNd, type DropoutOptions } from "./dropout-nd.ts";

/**
 * In training, zeroes each element with probability `p` and divides the others by `1 - p`; in evaluation it does nothing.
 * `new Dropout(0.2)`, `new Dropout(0.2, { inplace: true })` or `new Dropout({ p: 0.2 })`.
 *
 * @throws ValueError `dropout probability has to be between 0 and 1, but got 1.5`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Dropout.html
 */
export class Dropout extends DropoutNd {
  constructor(probability: number | DropoutOptions = 0.5, more: Omit<DropoutOptions, "p"> = {}) {
    super("Dropout", probability, more);
  }

  override forward(x: Tensor): Tensor {
    return dropout(x, { p: this.p, training: this.training, inplace: this.inplace });
  }
}
