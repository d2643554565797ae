import { ShapeError, ValueError } from "../../base/errors.ts";
import { checkOptions } from "../../base/options.ts";
import { formatShape } from "../../base/shape.ts";
import { surplusArguments } from "../../base/surplus-arguments.ts";
import type { Pair } from "../../devices/images/attributes.ts";
import { onOneDevice } from "../../graph/op.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { add } from "../arithmetic.ts";
import { reshape } from "../broadcast.ts";
import { squeeze, unsqueeze } from "../reordering.ts";
import { checkBias, checkKernel, checkRanks, checkTensors, checkWalk, type SizeArgument, spread } from "./arguments.ts";
import { convolveTransposed } from "./convolution.ts";

export interface ConvTransposeOptions {
  /** Default: 1. */
  readonly stride?: SizeArgument;
  /** Rows and columns cut off on both sides. Default: 0. */
  readonly padding?: SizeArgument;
  /** Added to the size on the far side: a stride maps several sizes to one, this says which it was. Default: 0. */
  readonly outputPadding?: SizeArgument;
  /** Default: 1. */
  readonly groups?: number;
  /** Default: 1. */
  readonly dilation?: SizeArgument;
}

/**
 * The transposed convolution: what the gradient of `conv2d` with this weight does to an image.
 *
 * Shapes: x `[N, C, H, W]` or `[C, H, W]`, weight `[C, O / groups, kh, kw]`, bias `[O]`, y `[N, O, H', W']` with
 * `H' = (H - 1) stride - 2 padding + dilation (kh - 1) + outputPadding + 1`.
 *
 * @throws ShapeError when channels or sizes do not fit.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.conv_transpose2d.html
 */
export function convTranspose2d(
  x: Tensor,
  weight: Tensor,
  bias?: Tensor | null,
  options: ConvTransposeOptions = {},
): Tensor {
  if (arguments.length > 4) throw surplusArguments("convTranspose2d(x, weight, bias?, options?)", arguments.length);
  const op = "convTranspose2d";
  checkOptions(op, options, ["stride", "padding", "outputPadding", "groups", "dilation"]);
  const { stride = 1, padding = 0, outputPadding = 0, groups = 1, dilation = 1 } = options;
  checkTensors(op, x, weight, bias);
  onOneDevice(op, bias === undefined || bias === null ? [x, weight] : [x, weight, bias]);
  const unbatched = checkRanks(op, x, weight, bias ?? null, 2);
  checkKernel(op, weight.shape.slice(2));
  const pair = (name: string, value: SizeArgument) => spread(op, name, value, 2) as [number, number];
  const attrs = {
    stride: pair("stride", stride),
    padding: pair("padding", padding),
    dilation: pair("dilation", dilation),
    groups,
  };
  const extra = pair("output_padding", outputPadding);
  checkWalk(op, attrs);
  checkExtra(op, extra, attrs.stride, attrs.dilation);
  const batched = unbatched ? unsqueeze(x, 0) : x;
  const [n, channels, ...size] = batched.shape as readonly [number, number, number, number];
  const [wanted, outputs, ...kernelSize] = weight.shape as readonly [number, number, number, number];
  if (wanted % groups !== 0 || channels !== wanted) {
    throw new ShapeError(
      op,
      channels !== wanted
        ? `Given transposed=1, weight of size ${formatShape(weight.shape)}, expected input${formatShape(batched.shape)} to have ${wanted} channels, but got ${channels} channels instead`
        : `Given groups=${groups}, expected weight to be divisible by ${groups} at dimension 0, but got weight of size [${formatShape(weight.shape)}] instead`,
      "",
      "The weight's first dimension are the channels that come in.",
    );
  }
  const [height, width] = [0, 1].map((dim) => {
    const d = dim as 0 | 1;
    const span = attrs.dilation[d] * ((kernelSize[d] as number) - 1);
    return ((size[d] as number) - 1) * attrs.stride[d] - 2 * attrs.padding[d] + span + extra[d] + 1;
  }) as [number, number];
  if (height < 1 || width < 1) {
    throw new ShapeError(
      op,
      `Given input size per channel: (${size.join(" x ")}). Calculated output size per channel: (${height} x ${width}). Output size is too small`,
      "",
      "Pad less: padding is cut off here.",
    );
  }
  if (bias !== undefined && bias !== null) checkBias(op, bias, outputs * groups, weight.shape, true);
  const y = convolveTransposed([batched, weight], { ...attrs, shape: [n, outputs * groups, height, width] });
  const biased = bias === undefined || bias === null ? y : add(y, reshape(bias, [1, -1, 1, 1]));
  return unbatched ? squeeze(biased, 0) : biased;
}

function checkExtra(op: string, extra: Pair, stride: Pair, dilation: Pair): void {
  if (extra.every((value, i) => value >= 0 && (value < (stride[i] as number) || value < (dilation[i] as number))))
    return;
  if (extra.some((value) => value < 0)) throw new ValueError(op, "negative output_padding is not supported");
  throw new ValueError(
    op,
    `output padding must be smaller than either stride or dilation, but got output_padding_height: ${extra[0]} output_padding_width: ${extra[1]} stride_height: ${stride[0]} stride_width: ${stride[1]} dilation_height: ${dilation[0]} dilation_width: ${dilation[1]}`,
  );
}
