import { adaptiveAvgPool2d, type Tensor } from "@kindling/core";
import { pythonRepr, surplusArguments } from "@kindling/core/extend";
import { Module } from "../module.ts";
import { checkSizes } from "./required-sizes.ts";

/** Height and width, or one number for both; null leaves a size as it is. */
export type AdaptiveSize = number | null | readonly (number | null)[];

/**
 * Means over as many windows as the result is to have: `new AdaptiveAvgPool2d(1)` gives the mean of each channel.
 * Shapes: x `[N, C, H, W]` or `[C, H, W]`, y the same with `H'` and `W'` as asked for.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html
 */
export class AdaptiveAvgPool2d extends Module {
  readonly outputSize: AdaptiveSize;

  constructor(outputSize: AdaptiveSize) {
    if (arguments.length > 1) throw surplusArguments("new AdaptiveAvgPool2d(outputSize)", arguments.length);
    super();
    const given = Array.isArray(outputSize) ? outputSize : [outputSize];
    for (const size of given) if (size !== null) checkSizes("AdaptiveAvgPool2d", { outputSize: size });
    this.outputSize = outputSize;
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("AdaptiveAvgPool2d.forward(x)", arguments.length);
    return adaptiveAvgPool2d(x, this.outputSize);
  }

  override extraRepr(): string {
    if (arguments.length > 0) throw surplusArguments("AdaptiveAvgPool2d.extraRepr()", arguments.length);
    const { outputSize } = this;
    const sizes = outputSize === null || typeof outputSize === "number" ? null : outputSize;
    // A tuple, also where a size is None.
    return `output_size=${sizes === null ? pythonRepr(outputSize) : `(${sizes.map((size) => pythonRepr(size)).join(", ")})`}`;
  }
}
