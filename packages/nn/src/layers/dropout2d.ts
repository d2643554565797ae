import type { Tensor } from "@kindling/core";
import { dropout2d } from "../functional/dropout2d.ts";
import { DropoutNd, type DropoutOptions } from "./dropout-nd.ts";

/**
 * In training, zeroes each channel of each sample with probability `p` and divides the others by `1 - p`; in evaluation it does
 * nothing. Shapes: x `[N, C, H, W]`. `new Dropout2d(0.2)`, `new Dropout2d({ p: 0.2, inplace: true })`.
 *
 * @throws ValueError `dropout probability has to be between 0 and 1, but got 1.5`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Dropout2d.html
 */
export class Dropout2d extends DropoutNd {
  constructor(probability: number | DropoutOptions = 0.5, more: Omit<DropoutOptions, "p"> = {}) {
    super("Dropout2d", probability, more);
  }

  override forward(x: Tensor): Tensor {
    return dropout2d(x, { p: this.p, training: this.training, inplace: this.inplace });
  }
}
