import { conv2d, type Tensor } from "@kindling/core";
import { surplusArguments } from "@kindling/core/extend";
import { checkLayerOptions } from "../options.ts";
import { ConvNd, type ConvNdOptions } from "./conv-nd.ts";
import { checkSizes } from "./required-sizes.ts";
import type { Sizes } from "./sizes.ts";

const OPTIONS = ["stride", "padding", "dilation", "groups", "bias", "paddingMode", "device"];

/**
 * Cross-correlation with learned kernels: `y[n, o] = bias[o] + Σ_c weight[o, c] ⋆ x[n, c]`. `new Conv2d(1, 32, 3, { padding: "same" })`.
 * Shapes: x `[N, C, H, W]` or `[C, H, W]`, weight `[O, C / groups, kh, kw]`, bias `[O]`,
 * y `[N, O, H', W']`, `H' = floor((H + 2 padding - dilation (kh - 1) - 1) / stride) + 1`.
 * Both are drawn from `U(-b, b)`, `b = 1 / sqrt(C / groups * kh * kw)`, the weight first.
 *
 * @throws ShapeError `Given groups=1, weight of size [...], expected input[...] to have 1 channels, but got 3 channels instead`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html
 */
export class Conv2d extends ConvNd {
  constructor(inChannels: number, outChannels: number, kernelSize: Sizes, options: ConvNdOptions = {}) {
    if (arguments.length > 4)
      throw surplusArguments("new Conv2d(inChannels, outChannels, kernelSize, options?)", arguments.length);
    checkSizes("Conv2d", { inChannels, outChannels, kernelSize });
    checkLayerOptions("Conv2d", options, OPTIONS);
    super("Conv2d", 2, inChannels, outChannels, kernelSize, options);
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Conv2d.forward(x)", arguments.length);
    const { weight, bias, stride, dilation, groups } = this;
    const [image, padding] = this.padded(x);
    return conv2d(image, weight, bias, { stride, padding, dilation, groups });
  }
}
