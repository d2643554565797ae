import { ShapeError, ValueError } from "../../base/errors.ts";
import { checkOptions } from "../../base/options.ts";
import { formatShape, type Shape } from "../../base/shape.ts";
import { surplusArguments } from "../../base/surplus-arguments.ts";
import type { Pair } from "../../devices/images/attributes.ts";
import { onOneDevice } from "../../graph/op.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { add } from "../arithmetic.ts";
import { reshape } from "../broadcast.ts";
import { pad } from "../pad.ts";
import { squeeze, unsqueeze } from "../reordering.ts";
import { checkBias, checkKernel, checkRanks, checkTensors, checkWalk, type SizeArgument, spread } from "./arguments.ts";
import { type ConvolutionAttrs, convolve } from "./convolution.ts";

export interface ConvOptions {
  /** Default: 1. */
  readonly stride?: SizeArgument;
  /** Zeros on both sides; `"same"` as many as leave the size as it is, `"valid"` none. Default: 0. */
  readonly padding?: SizeArgument | "same" | "valid";
  /** Distance between the points of the kernel. Default: 1. */
  readonly dilation?: SizeArgument;
  /** The number of groups that channels are split into; no group sees another. Default: 1. */
  readonly groups?: number;
}

/**
 * Cross-correlation of images with a kernel: `y[n, o] = bias[o] + Σ_c weight[o, c] ⋆ x[n, c]`.
 *
 * Shapes: x `[N, C, H, W]` or `[C, H, W]`, weight `[O, C / groups, kh, kw]`, bias `[O]`, y `[N, O, H', W']` with
 * `H' = floor((H + 2 padding - dilation (kh - 1) - 1) / stride) + 1`.
 *
 * @throws ShapeError when channels or sizes do not fit.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.conv2d.html
 */
export function conv2d(x: Tensor, weight: Tensor, bias?: Tensor | null, options: ConvOptions = {}): Tensor {
  if (arguments.length > 4) throw surplusArguments("conv2d(x, weight, bias?, options?)", arguments.length);
  return convNd("conv2d", 2, x, weight, bias ?? null, options);
}

/**
 * The same over one dimension. Shapes: x `[N, C, L]` or `[C, L]`, weight `[O, C / groups, k]`, bias `[O]`, y `[N, O, L']`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.conv1d.html
 */
export function conv1d(x: Tensor, weight: Tensor, bias?: Tensor | null, options: ConvOptions = {}): Tensor {
  if (arguments.length > 4) throw surplusArguments("conv1d(x, weight, bias?, options?)", arguments.length);
  return convNd("conv1d", 1, x, weight, bias ?? null, options);
}

function convNd(op: string, dims: 1 | 2, x: Tensor, weight: Tensor, bias: Tensor | null, options: ConvOptions): Tensor {
  checkOptions(op, options, ["stride", "padding", "dilation", "groups"]);
  const { stride = 1, padding = 0, dilation = 1, groups = 1 } = options;
  checkTensors(op, x, weight, bias);
  onOneDevice(op, bias === null ? [x, weight] : [x, weight, bias]);
  const unbatched = checkRanks(op, x, weight, bias, dims);
  const kernelSize = weight.shape.slice(2);
  checkKernel(op, kernelSize);
  const walk = {
    stride: spread(op, "stride", stride, dims),
    dilation: spread(op, "dilation", dilation, dims),
    groups,
  };
  const sides = sidesOf(op, padding, kernelSize, walk);
  // Padding that is larger on the right than on the left is added first.
  const uneven = sides.some(([before, after]) => before !== after);
  const even = uneven
    ? pad(
        x,
        [...sides].reverse().flatMap(([before, after]) => [0, after - before]),
      )
    : x;
  const attrs = { ...walk, padding: sides.map(([before]) => before) };
  checkWalk(op, attrs);
  const batched = unbatched ? unsqueeze(even, 0) : even;
  checkFit(op, batched.shape, weight.shape, attrs);
  if (bias !== null) checkBias(op, bias, weight.shape[0] as number, weight.shape);
  const [image, kernel] = dims === 2 ? [batched, weight] : [unsqueeze(batched, 2), unsqueeze(weight, 2)];
  const y = convolve([image, kernel], overImage(attrs));
  const biased = bias === null ? y : add(y, reshape(bias, [1, -1, 1, 1]));
  const flat = dims === 2 ? biased : squeeze(biased, 2);
  return unbatched ? squeeze(flat, 0) : flat;
}

interface Walk extends Record<"stride" | "padding" | "dilation", readonly number[]> {
  readonly groups: number;
}

/** The walk over an image; that over a line is one over an image of height 1. */
function overImage({ stride, padding, dilation, groups }: Walk): ConvolutionAttrs {
  const pair = (values: readonly number[], missing: number): Pair =>
    values.length === 2 ? [values[0] as number, values[1] as number] : [missing, values[0] as number];
  return { stride: pair(stride, 1), padding: pair(padding, 0), dilation: pair(dilation, 1), groups };
}

/** Zeros before and after each dimension. */
function sidesOf(
  op: string,
  padding: SizeArgument | "same" | "valid",
  kernelSize: readonly number[],
  { stride, dilation }: Pick<Walk, "stride" | "dilation">,
): (readonly [number, number])[] {
  if (typeof padding !== "string") return spread(op, "padding", padding, kernelSize.length).map((side) => [side, side]);
  if (padding === "valid") return kernelSize.map(() => [0, 0]);
  if (padding !== "same")
    throw new ValueError(op, `Invalid padding string: '${padding}'`, "", 'Use "same" or "valid".');
  if (stride.some((step) => step !== 1)) {
    throw new ValueError(op, "padding='same' is not supported for strided convolutions", `stride is [${stride}]`);
  }
  return kernelSize.map((size, i) => {
    const total = (dilation[i] as number) * (size - 1);
    return [total >> 1, total - (total >> 1)];
  });
}

function checkFit(op: string, x: Shape, weight: Shape, { padding, dilation, groups }: Walk): void {
  const [channels, wanted] = [x[1] as number, (weight[1] as number) * groups];
  const outputs = weight[0] as number;
  if (outputs < groups || outputs % groups !== 0) {
    throw new ShapeError(
      op,
      outputs < groups
        ? `Given groups=${groups}, expected weight to be at least ${groups} at dimension 0, but got weight of size ${formatShape(weight)} instead`
        : `Given groups=${groups}, expected weight to be divisible by ${groups} at dimension 0, but got weight of size [${formatShape(weight)}] instead`,
    );
  }
  if (channels !== wanted) {
    throw new ShapeError(
      op,
      `Given groups=${groups}, weight of size ${formatShape(weight)}, expected input${formatShape(x)} to have ${wanted} channels, but got ${channels} channels instead`,
      "",
      "Channels come second: [N, C, ...].",
    );
  }
  const padded = x.slice(2).map((size, i) => size + 2 * (padding[i] as number));
  const spanned = weight.slice(2).map((size, i) => (dilation[i] as number) * (size - 1) + 1);
  if (spanned.some((size, i) => size > (padded[i] as number) || size < 1)) {
    throw new ShapeError(
      op,
      `Calculated padded input size per channel: (${padded.join(" x ")}). Kernel size: (${spanned.join(" x ")}). Kernel size can't be greater than actual input size`,
      `the input is ${formatShape(x)}`,
      "Pad the input, or use a smaller kernel.",
    );
  }
  if (x.slice(2).some((size) => size === 0)) {
    throw new ShapeError(
      op,
      `Only zero batch or zero channel inputs are supported, but got input shape: ${formatShape(x)}`,
    );
  }
}
