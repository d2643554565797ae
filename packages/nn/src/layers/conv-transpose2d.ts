import { convTranspose2d, type Shape, type Tensor, ValueError } from "@kindling/core";
import { pythonRepr, surplusArguments } from "@kindling/core/extend";
import { torchSize } from "../functional/torch-size.ts";
import { checkLayerOptions } from "../options.ts";
import { ConvNd, type ConvNdOptions } from "./conv-nd.ts";
import { checkSizes } from "./required-sizes.ts";
import { type Sizes, spread } from "./sizes.ts";

export interface ConvTransposeLayerOptions extends Omit<ConvNdOptions, "padding" | "paddingMode"> {
  /** Rows and columns cut off on both sides. Default: 0. */
  readonly padding?: Sizes;
  /** Added to the size on the far side: a stride maps several sizes to one, this says which it was. Default: 0. */
  readonly outputPadding?: Sizes;
}

const OPTIONS = ["stride", "padding", "outputPadding", "groups", "bias", "dilation", "device"];

/**
 * The transposed convolution with learned kernels: what the gradient of a `Conv2d` with this weight does to an image.
 * Shapes: x `[N, C, H, W]` or `[C, H, W]`, weight `[C, O / groups, kh, kw]`, bias `[O]`, y `[N, O, H', W']`,
 * `H' = (H - 1) stride - 2 padding + dilation (kh - 1) + outputPadding + 1`; or as `outputSize` says, the second argument of a call.
 *
 * @throws ShapeError `Given transposed=1, weight of size [...], expected input[...] to have 2 channels, but got 3 channels instead`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html
 */
export class ConvTranspose2d extends ConvNd {
  readonly outputPadding: readonly number[];

  constructor(inChannels: number, outChannels: number, kernelSize: Sizes, options: ConvTransposeLayerOptions = {}) {
    if (arguments.length > 4)
      throw surplusArguments("new ConvTranspose2d(inChannels, outChannels, kernelSize, options?)", arguments.length);
    checkSizes("ConvTranspose2d", { inChannels, outChannels, kernelSize });
    checkLayerOptions("ConvTranspose2d", options, [...OPTIONS, "paddingMode"]);
    const { paddingMode = "zeros" } = options as ConvNdOptions;
    if (paddingMode !== "zeros") {
      throw new ValueError("ConvTranspose2d", 'Only "zeros" padding mode is supported for ConvTranspose2d');
    }
    checkLayerOptions("ConvTranspose2d", options, OPTIONS);
    super("ConvTranspose2d", 2, inChannels, outChannels, kernelSize, options, true);
    this.outputPadding = spread(options.outputPadding ?? 0, 2);
  }

  override forward(x: Tensor, outputSize?: Shape): Tensor {
    if (arguments.length > 2) throw surplusArguments("ConvTranspose2d.forward(x, outputSize?)", arguments.length);
    const { weight, bias, stride, dilation, groups } = this;
    const outputPadding = outputSize === undefined ? this.outputPadding : this.#paddingFor(x, outputSize);
    const padding = this.padding as readonly number[];
    return convTranspose2d(x, weight, bias, { stride, padding, outputPadding, dilation, groups });
  }

  /** The output padding that leads to a size. */
  #paddingFor(x: Tensor, asked: Shape): readonly number[] {
    const others = x.ndim - 2;
    const size = asked.length === others + 2 ? asked.slice(others) : asked;
    if (size.length !== 2) {
      const rule = `ConvTranspose2D: for ${x.ndim}D input, output_size must have 2 or ${others + 2} elements (got ${asked.length})`;
      throw new ValueError("ConvTranspose2d", rule, "", "Give [height, width].");
    }
    const smallest = x.shape.slice(-2).map((length, i) => {
      const [stride, padding, dilation, kernel] = [this.stride, this.padding, this.dilation, this.kernelSize].map(
        (sizes) => (sizes as readonly number[])[i] as number,
      ) as [number, number, number, number];
      return (length - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1;
    });
    const largest = smallest.map((length, i) => length + (this.stride[i] as number) - 1);
    if (size.some((length, i) => length < (smallest[i] as number) || length > (largest[i] as number))) {
      const list = (sizes: Shape): string => pythonRepr(sizes, { list: true });
      const input = torchSize({ shape: x.shape.slice(2) });
      const rule = `requested an output size of ${list(size)}, but valid sizes range from ${list(smallest)} to ${list(largest)} (for an input of ${input})`;
      throw new ValueError("ConvTranspose2d", rule);
    }
    return size.map((length, i) => length - (smallest[i] as number));
  }

  protected override extraSizes(): string {
    return this.outputPadding.every((size) => size === 0) ? "" : `output_padding=${pythonRepr(this.outputPadding)}`;
  }
}
