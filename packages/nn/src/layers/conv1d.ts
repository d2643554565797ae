import { conv1d, type Tensor } from "@kindling/core";
import { surplusArguments } from "@kindling/core/extend";
import { checkLayerOptions } from "../options.ts";
import { ConvNd, type ConvNdOptions } from "./conv-nd.ts";
import { checkSizes } from "./required-sizes.ts";
import type { Sizes } from "./sizes.ts";

const OPTIONS = ["stride", "padding", "dilation", "groups", "bias", "paddingMode", "device"];

/**
 * Cross-correlation with learned kernels: `y[n, o] = bias[o] + Σ_c weight[o, c] ⋆ x[n, c]`. `new Conv1d(1, 32, 3, { padding: "same" })`.
 * Shapes: x `[N, C, L]` or `[C, L]`, weight `[O, C / groups, k]`, bias `[O]`,
 * y `[N, O, L']`, `L' = floor((L + 2 padding - dilation (k - 1) - 1) / stride) + 1`.
 * Both are drawn from `U(-b, b)`, `b = 1 / sqrt(C / groups * k)`, the weight first.
 *
 * @throws ShapeError `Expected 2D (unbatched) or 3D (batched) input to conv1d, but got input of size: [...]`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Conv1d.html
 */
export class Conv1d extends ConvNd {
  constructor(inChannels: number, outChannels: number, kernelSize: Sizes, options: ConvNdOptions = {}) {
    if (arguments.length > 4)
      throw surplusArguments("new Conv1d(inChannels, outChannels, kernelSize, options?)", arguments.length);
    checkSizes("Conv1d", { inChannels, outChannels, kernelSize });
    checkLayerOptions("Conv1d", options, OPTIONS);
    super("Conv1d", 1, inChannels, outChannels, kernelSize, options);
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Conv1d.forward(x)", arguments.length);
    const { weight, bias, stride, dilation, groups } = this;
    const [image, padding] = this.padded(x);
    return conv1d(image, weight, bias, { stride, padding, dilation, groups });
  }
}
