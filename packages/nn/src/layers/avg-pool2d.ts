import { avgPool2d, type Tensor } from "@kindling/core";
import { pythonRepr, surplusArguments } from "@kindling/core/extend";
import { Module } from "../module.ts";
import { checkLayerOptions } from "../options.ts";
import { checkSizes } from "./required-sizes.ts";
import type { Sizes } from "./sizes.ts";

export interface AvgPool2dOptions {
  /** Default: the kernel's size. */
  readonly stride?: Sizes;
  /** Zeros on both sides. Default: 0. */
  readonly padding?: Sizes;
  /** Windows that begin inside but end outside count too. Default: false. */
  readonly ceilMode?: boolean;
  /** Whether zeros of the padding count in the mean. Default: true. */
  readonly countIncludePad?: boolean;
  /** The divisor of each sum, in place of the window's size. */
  readonly divisorOverride?: number;
}

const OPTIONS = ["stride", "padding", "ceilMode", "countIncludePad", "divisorOverride"];

/**
 * The mean of each window. Shapes: x `[N, C, H, W]` or `[C, H, W]`, y the same with `H' = floor((H + 2 padding - kh) / stride) + 1`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AvgPool2d.html
 */
export class AvgPool2d extends Module {
  readonly kernelSize: Sizes;
  readonly stride: Sizes;
  readonly padding: Sizes;
  readonly ceilMode: boolean;
  readonly countIncludePad: boolean;
  readonly divisorOverride: number | undefined;

  constructor(kernelSize: Sizes, options: AvgPool2dOptions = {}) {
    if (arguments.length > 2) throw surplusArguments("new AvgPool2d(kernelSize, options?)", arguments.length);
    super();
    checkSizes("AvgPool2d", { kernelSize });
    checkLayerOptions("AvgPool2d", options, OPTIONS);
    this.kernelSize = kernelSize;
    this.stride = options.stride ?? kernelSize;
    this.padding = options.padding ?? 0;
    this.ceilMode = options.ceilMode ?? false;
    this.countIncludePad = options.countIncludePad ?? true;
    this.divisorOverride = options.divisorOverride;
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("AvgPool2d.forward(x)", arguments.length);
    const { kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride } = this;
    return avgPool2d(x, kernelSize, { stride, padding, ceilMode, countIncludePad, divisorOverride });
  }

  override extraRepr(): string {
    if (arguments.length > 0) throw surplusArguments("AvgPool2d.extraRepr()", arguments.length);
    const { kernelSize, stride, padding } = this;
    return `kernel_size=${pythonRepr(kernelSize)}, stride=${pythonRepr(stride)}, padding=${pythonRepr(padding)}`;
  }
}
