import { type Tensor, ValueError } from "@kindling/core";
import { checkTensor, surplusArguments } from "@kindling/core/extend";
import { Module } from "../module.ts";

/**
 * Joins the dimensions from `startDim` to `endDim` into one: by default all but the batch, `[N, C, H, W]` to `[N, C*H*W]`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Flatten.html
 */
export class Flatten extends Module {
  readonly startDim: number;
  readonly endDim: number;

  constructor(startDim = 1, endDim = -1) {
    if (arguments.length > 2) throw surplusArguments("new Flatten(startDim?, endDim?)", arguments.length);
    super();
    if (!Number.isInteger(startDim) || !Number.isInteger(endDim)) {
      const got = `got ${String(startDim)} and ${String(endDim)}`;
      throw new ValueError("Flatten", "startDim and endDim must be whole numbers", got, "Write new Flatten(1, -1).");
    }
    this.startDim = startDim;
    this.endDim = endDim;
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Flatten.forward(x)", arguments.length);
    checkTensor("Flatten", x);
    return x.flatten(this.startDim, this.endDim);
  }

  override extraRepr(): string {
    if (arguments.length > 0) throw surplusArguments("Flatten.extraRepr()", arguments.length);
    return `start_dim=${this.startDim}, end_dim=${this.endDim}`;
  }
}
