import { ShapeError, type Tensor, ValueError } from "@kindling/core";
import { checkOptions, pythonRepr, pythonType, surplusArguments } from "@kindling/core/extend";
import { CallableTransform } from "./callable-transform.ts";
import { imageSize } from "./image-size.ts";
import { checkInterpolation, type InterpolationMode } from "./interpolation-mode.ts";
import { type Affine, affineKernel } from "./pil/affine.ts";
import { resampleKernel } from "./pil/resample.ts";
import { mapPlanes } from "./planes.ts";
import { CUBIC, TRIANGLE } from "./resample-filter.ts";
import { throughFloats } from "./tensor/floats.ts";
import { resizeFloats } from "./tensor/resize.ts";

export interface ResizeOptions {
  /** Default: "bilinear". */
  readonly interpolation?: InterpolationMode;
  /** The most that the longer edge may become; only with one number for `size`. Default: null, no limit. */
  readonly maxSize?: number | null;
  /** Whether a shrunk image is smoothed; bytes always are, as in Pillow. Default: true. */
  readonly antialias?: boolean;
}

/**
 * Images of another size. One number is the length of the shorter edge, the other keeping the proportion; two are height
 * and width. Shapes: `[..., H, W]` to `[..., height, width]`.
 *
 * Bytes (uint8) become what Pillow makes of them, bit for bit; floats what torchvision makes of tensors.
 *
 * @see https://pytorch.org/vision/stable/generated/torchvision.transforms.Resize.html
 */
export class Resize extends CallableTransform {
  readonly size: number | readonly number[];
  readonly interpolation: InterpolationMode;
  readonly maxSize: number | null;
  readonly antialias: boolean;

  constructor(size: number | readonly number[], options: ResizeOptions = {}) {
    if (arguments.length > 2) throw surplusArguments("new Resize(size, options?)", arguments.length);
    super();
    checkOptions("Resize", options, ["interpolation", "maxSize", "antialias"], "Resize.__init__()");
    this.size = checkSize(size);
    const { interpolation = "bilinear", maxSize = null, antialias = true } = options;
    this.interpolation = checkInterpolation("Resize", interpolation, [
      "nearest",
      "nearest-exact",
      "bilinear",
      "bicubic",
    ]);
    this.maxSize = checkMaxSize(maxSize, size);
    this.antialias = antialias;
  }

  override apply(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Resize.apply(x)", arguments.length);
    const from = imageSize("Resize", x);
    const to = outputSize(from, this.size, this.maxSize);
    if (to[0] === from[0] && to[1] === from[1]) return x;
    checkNotEmpty(x, from, to);
    const { interpolation, antialias } = this;
    if (x.dtype === "uint8") return mapPlanes(x, to[0], to[1], byteKernel(from, to, interpolation));
    return throughFloats(x, (floats) => resizeFloats(floats, to, interpolation, antialias));
  }

  batch(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Resize.batch(x)", arguments.length);
    return this.apply(x);
  }

  override toString(): string {
    const { size, interpolation, maxSize, antialias } = this;
    return `Resize(size=${pythonRepr(size, { list: true })}, interpolation=${interpolation}, max_size=${pythonRepr(maxSize)}, antialias=${pythonRepr(antialias)})`;
  }
}

function checkSize(size: number | readonly number[]): number | readonly number[] {
  const sizes: readonly unknown[] = Array.isArray(size) ? size : [size];
  const wrong = sizes.findIndex((value) => !Number.isInteger(value));
  if (wrong >= 0) {
    throw new ValueError(
      "Resize",
      `Size should be int or sequence. Got <class '${pythonType(sizes[wrong])}'>`,
      "",
      "Give the length of the shorter edge, or [height, width].",
    );
  }
  if (sizes.length !== 1 && sizes.length !== 2) {
    throw new ValueError(
      "Resize",
      "If size is a sequence, it should have 1 or 2 values",
      `it has ${sizes.length}`,
      "Give the length of the shorter edge, or [height, width].",
    );
  }
  return size;
}

function checkMaxSize(maxSize: number | null, size: number | readonly number[]): number | null {
  if (maxSize === null) return null;
  const [shorter, second] = [size].flat();
  if (second !== undefined) {
    throw new ValueError(
      "Resize",
      "max_size should only be passed if size specifies the length of the smaller edge, i.e. size should be an int or a sequence of length 1 in torchscript mode.",
      "",
      `It is ${pythonRepr(size, { list: true })}: omit maxSize, or give one number for size.`,
    );
  }
  if (maxSize <= (shorter as number)) {
    throw new ValueError(
      "Resize",
      `max_size = ${maxSize} must be strictly greater than the requested size for the smaller edge size = [${shorter}]`,
      "",
      "Make maxSize larger, or size smaller.",
    );
  }
  return maxSize;
}

function checkNotEmpty(x: Tensor, from: readonly [number, number], to: readonly [number, number]): void {
  if ([...from, ...to].every((value) => value > 0)) return;
  const sizes = `input (H: ${from[0]}, W: ${from[1]}) output (H: ${to[0]}, W: ${to[1]})`;
  throw new ShapeError(
    "Resize",
    x.dtype === "uint8"
      ? "height and width must be > 0"
      : `Input and output sizes should be greater than 0, but got ${sizes}`,
    x.dtype === "uint8" ? sizes : "",
    "Give sizes above 0.",
  );
}

function outputSize(
  [height, width]: readonly [number, number],
  size: number | readonly number[],
  maxSize: number | null,
): readonly [number, number] {
  const [first, second] = [size].flat() as [number, number?];
  if (second !== undefined) return [first, second];
  const [short, long] = width <= height ? [width, height] : [height, width];
  let [newShort, newLong] = [first, Math.trunc((first * long) / short)];
  if (maxSize !== null && newLong > maxSize) {
    [newShort, newLong] = [Math.trunc((maxSize * newShort) / newLong), maxSize];
  }
  return width <= height ? [newLong, newShort] : [newShort, newLong];
}

function byteKernel(
  from: readonly [number, number],
  to: readonly [number, number],
  interpolation: InterpolationMode,
): ReturnType<typeof resampleKernel> {
  if (interpolation === "bilinear") return resampleKernel(from, to, TRIANGLE);
  if (interpolation === "bicubic") return resampleKernel(from, to, CUBIC);
  const scale: Affine = [from[1] / to[1], 0, 0, 0, from[0] / to[0], 0];
  return affineKernel(scale, "nearest");
}
