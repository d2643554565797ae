import { maxPool2d, type Tensor, type ValuesAndIndices } from "@kindling/core";
import { pythonRepr, surplusArguments } from "@kindling/core/extend";
import { Module } from "../module.ts";
import { checkLayerOptions } from "../options.ts";
import { checkSizes } from "./required-sizes.ts";
import type { Sizes } from "./sizes.ts";

export interface MaxPool2dOptions<WithIndices extends boolean = boolean> {
  /** Default: the kernel's size. */
  readonly stride?: Sizes;
  /** Padding on both sides, which is never the largest. Default: 0. */
  readonly padding?: Sizes;
  /** Distance between the elements of a window. Default: 1. */
  readonly dilation?: Sizes;
  /** Windows that begin inside but end outside count too. Default: false. */
  readonly ceilMode?: boolean;
  /** Gives the positions in the plane, `row * W + column`, beside the values. Default: false. */
  readonly returnIndices?: WithIndices;
}

/**
 * The largest of each window. Shapes: x `[N, C, H, W]` or `[C, H, W]`, y the same with
 * `H' = floor((H + 2 padding - dilation (kh - 1) - 1) / stride) + 1`. With `returnIndices` it gives `[values, indices]`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html
 */
export class MaxPool2d<WithIndices extends boolean = false> extends Module {
  readonly kernelSize: Sizes;
  readonly stride: Sizes;
  readonly padding: Sizes;
  readonly dilation: Sizes;
  readonly ceilMode: boolean;
  readonly returnIndices: boolean;

  constructor(kernelSize: Sizes, options: MaxPool2dOptions<WithIndices> = {}) {
    if (arguments.length > 2) throw surplusArguments("new MaxPool2d(kernelSize, options?)", arguments.length);
    super();
    checkSizes("MaxPool2d", { kernelSize });
    checkLayerOptions("MaxPool2d", options, ["stride", "padding", "dilation", "ceilMode", "returnIndices"]);
    this.kernelSize = kernelSize;
    this.stride = options.stride ?? kernelSize;
    this.padding = options.padding ?? 0;
    this.dilation = options.dilation ?? 1;
    this.ceilMode = options.ceilMode ?? false;
    this.returnIndices = options.returnIndices ?? false;
  }

  override forward(x: Tensor): WithIndices extends true ? ValuesAndIndices<Tensor> : Tensor {
    if (arguments.length > 1) throw surplusArguments("MaxPool2d.forward(x)", arguments.length);
    const { kernelSize, stride, padding, dilation, ceilMode, returnIndices } = this;
    const out = maxPool2d(x, kernelSize, { stride, padding, dilation, ceilMode, returnIndices });
    return out as WithIndices extends true ? ValuesAndIndices<Tensor> : Tensor;
  }

  override extraRepr(): string {
    if (arguments.length > 0) throw surplusArguments("MaxPool2d.extraRepr()", arguments.length);
    const sizes = [`kernel_size=${pythonRepr(this.kernelSize)}`, `stride=${pythonRepr(this.stride)}`];
    const more = [`padding=${pythonRepr(this.padding)}`, `dilation=${pythonRepr(this.dilation)}`];
    return [...sizes, ...more, `ceil_mode=${pythonRepr(this.ceilMode)}`].join(", ");
  }
}
