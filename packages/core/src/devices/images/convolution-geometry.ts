import type { Shape } from "../../base/shape.ts";
import type { AttributesOf } from "../../device/kernels.ts";
import { type Floats, floatsLike } from "../matrix-product.ts";
import { imageShapeOf, type Pair } from "./attributes.ts";

// Devices that compute convolutions in ordinary memory make products of them: each element of an image that a result needs stands at
// the sum of two offsets, one for the result's place and one for the kernel's point.

/** Sizes of a convolution of `[N, C, H, W]` with `[O, C / groups, kh, kw]`. */
export interface ConvolutionGeometry {
  readonly batch: number;
  readonly groups: number;
  /** Channels of the image in each group. */
  readonly channels: number;
  /** Channels of the result in each group. */
  readonly outputs: number;
  readonly size: Pair;
  readonly kernel: Pair;
  readonly outSize: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  readonly dilation: Pair;
}

/** The geometry of a kernel call: `image` `[N, C, H, W]`, `filter` `[O, C / groups, kh, kw]`, `result` `[N, O, H', W']`. */
export function geometryOf(
  image: Shape,
  filter: Shape,
  result: Shape,
  attrs: AttributesOf<"conv2d">,
): ConvolutionGeometry {
  const [batch, , height, width] = imageShapeOf(image);
  const [outputs, channels, kernelHeight, kernelWidth] = imageShapeOf(filter);
  const { groups } = attrs;
  return {
    batch,
    groups,
    channels,
    outputs: outputs / groups,
    size: [height, width],
    kernel: [kernelHeight, kernelWidth],
    outSize: [result[2] as number, result[3] as number],
    stride: attrs.stride,
    padding: attrs.padding,
    dilation: attrs.dilation,
  };
}

/** An image laid out for a product: planes of `size`, in which element `points[p] + taps[t]` meets point t of the kernel in place p. */
export interface Layout {
  readonly planes: number;
  readonly size: Pair;
  /** Where row 0, column 0 of the source goes; negative where it is cut off. */
  readonly origin: Pair;
  /** Rows and columns of the source are so far apart; zeros are between them. */
  readonly spacing: Pair;
  readonly points: Int32Array;
  readonly taps: Int32Array;
}

/** For the result and for the weight's gradient: the image with its padding. */
export function imageLayout(geometry: ConvolutionGeometry): Layout {
  const { channels, size, kernel, outSize, stride, padding, dilation } = geometry;
  const padded = [size[0] + 2 * padding[0], size[1] + 2 * padding[1]] as const;
  return {
    planes: channels,
    size: padded,
    origin: padding,
    spacing: [1, 1],
    points: grid(outSize, stride, padded[1]),
    taps: kernelPoints(channels, padded, kernel, dilation, false),
  };
}

/**
 * For the image's gradient, which is a convolution again: of the result's gradient, its elements a stride apart, with the kernel turned
 * around.
 */
export function gradientLayout(geometry: ConvolutionGeometry): Layout {
  const { outputs, size, kernel, stride, padding, dilation } = geometry;
  const reach = [dilation[0] * (kernel[0] - 1), dilation[1] * (kernel[1] - 1)] as const;
  const spread = [size[0] + reach[0], size[1] + reach[1]] as const;
  return {
    planes: outputs,
    size: spread,
    origin: [reach[0] - padding[0], reach[1] - padding[1]],
    spacing: stride,
    points: grid(size, [1, 1], spread[1]),
    taps: kernelPoints(outputs, spread, kernel, dilation, true),
  };
}

/** Offsets of places `step` apart in planes of `width` columns. */
function grid([rows, columns]: Pair, step: Pair, width: number): Int32Array {
  const points = new Int32Array(rows * columns);
  for (let y = 0, i = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, i++) points[i] = y * step[0] * width + x * step[1];
  }
  return points;
}

function kernelPoints(planes: number, size: Pair, kernel: Pair, dilation: Pair, turned: boolean): Int32Array {
  const [height, width] = kernel;
  const taps = new Int32Array(planes * height * width);
  for (let plane = 0, i = 0; plane < planes; plane++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        const row = (turned ? height - 1 - y : y) * dilation[0];
        const column = (turned ? width - 1 - x : x) * dilation[1];
        taps[i] = (plane * size[0] + row) * size[1] + column;
      }
    }
  }
  return taps;
}

/** Whether a source with rows of `width` lies as the layout wants it already. */
export function isLaidOut({ size, origin, spacing }: Layout, [height, width]: Pair): boolean {
  return (
    origin[0] === 0 &&
    origin[1] === 0 &&
    spacing[0] === 1 &&
    spacing[1] === 1 &&
    size[0] === height &&
    size[1] === width
  );
}

/** Writes the planes of `source`, from `offset` on, into `out`, whose other elements are zeros already and stay so. */
export function layOut(
  { planes, size, origin, spacing }: Layout,
  source: Floats,
  offset: number,
  [height, width]: Pair,
  out: Floats,
): void {
  const firstRow = firstInside(origin[0], spacing[0]);
  const firstColumn = firstInside(origin[1], spacing[1]);
  const rows = Math.min(height, countInside(origin[0], spacing[0], size[0]));
  const columns = Math.min(width, countInside(origin[1], spacing[1], size[1]));
  for (let plane = 0; plane < planes; plane++) {
    for (let y = firstRow; y < rows; y++) {
      const from = offset + (plane * height + y) * width;
      const to = (plane * size[0] + origin[0] + y * spacing[0]) * size[1] + origin[1];
      for (let x = firstColumn; x < columns; x++) out[to + x * spacing[1]] = source[from + x] as number;
    }
  }
}

/** The first index whose place is not cut off in front. */
function firstInside(origin: number, spacing: number): number {
  return Math.max(0, Math.ceil(-origin / spacing));
}

/** One more than the last index whose place is inside. */
function countInside(origin: number, spacing: number, size: number): number {
  return Math.floor((size - 1 - origin) / spacing) + 1;
}

/**
 * The weight `[O, C / groups, kh, kw]` of one group as the image's gradient reads it: `[C / groups, O / groups, kh, kw]`.
 */
export function swappedWeight(weight: Floats, group: number, geometry: ConvolutionGeometry): Floats {
  const { channels, outputs, kernel } = geometry;
  const area = kernel[0] * kernel[1];
  const out = floatsLike(weight, channels * outputs * area);
  for (let o = 0; o < outputs; o++) {
    for (let c = 0; c < channels; c++) {
      const from = ((group * outputs + o) * channels + c) * area;
      out.set(weight.subarray(from, from + area), (c * outputs + o) * area);
    }
  }
  return out;
}
