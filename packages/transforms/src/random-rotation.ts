import { defaultGenerator, type Generator, type Tensor, ValueError, zeros } from "@kindling/core";
import { checkOptions, pythonFloat, pythonRepr, surplusArguments } from "@kindling/core/extend";
import { CallableTransform } from "./callable-transform.ts";
import { imageSize } from "./image-size.ts";
import { checkInterpolation } from "./interpolation-mode.ts";
import { pilRotate } from "./pil/rotate.ts";
import { throughFloats } from "./tensor/floats.ts";
import { rotateFloats } from "./tensor/rotate.ts";
import type { RandomTransform } from "./transform.ts";

export interface RandomRotationOptions {
  /** Default: "nearest". "bicubic" is for bytes only. */
  readonly interpolation?: "nearest" | "bilinear" | "bicubic";
  /** Whether the result grows to hold the whole turned image. Default: false. */
  readonly expand?: boolean;
  /** The center of rotation, `[x, y]` in pixels from the top left corner. Default: null, the middle. */
  readonly center?: readonly [number, number] | null;
  /** The fill outside the image: one number, or one for each channel. Default: 0. */
  readonly fill?: number | readonly number[];
}

/**
 * Turns an image by an angle drawn from `[low, high)` degrees, counter-clockwise; one number is `[-degrees, degrees)`.
 * Shapes: `[..., H, W]`.
 *
 * Bytes (uint8) become what Pillow makes of them, bit for bit; floats what torchvision makes of tensors.
 *
 * @see https://pytorch.org/vision/stable/generated/torchvision.transforms.RandomRotation.html
 */
export class RandomRotation extends CallableTransform implements RandomTransform<number> {
  readonly degrees: readonly [low: number, high: number];
  readonly interpolation: "nearest" | "bilinear" | "bicubic";
  readonly expand: boolean;
  readonly center: readonly [number, number] | null;
  readonly fill: number | readonly number[];

  constructor(degrees: number | readonly number[], options: RandomRotationOptions = {}) {
    if (arguments.length > 2) throw surplusArguments("new RandomRotation(degrees, options?)", arguments.length);
    super();
    const known = ["interpolation", "expand", "center", "fill"];
    checkOptions("RandomRotation", options, known, "RandomRotation.__init__()");
    const { interpolation = "nearest", expand = false, center = null, fill = 0 } = options;
    this.degrees = range(degrees);
    this.interpolation = checkInterpolation("RandomRotation", interpolation, ["nearest", "bilinear", "bicubic"]);
    this.expand = expand;
    this.center = center === null ? null : pair("center", center);
    this.fill = checkFill(fill);
  }

  /** The angle: `torch.empty(1).uniform_(low, high)`. */
  makeParams(generator: Generator = defaultGenerator()): number {
    return zeros([1])
      .uniform_(...this.degrees, { generator })
      .itemSync();
  }

  applyParams(x: Tensor, degrees: number): Tensor {
    if (arguments.length > 2) throw surplusArguments("RandomRotation.applyParams(x, degrees)", arguments.length);
    imageSize("RandomRotation", x);
    const { interpolation, expand, center } = this;
    const fill = fillFor(x, this.fill);
    if (x.dtype === "uint8") return pilRotate(x, degrees, { interpolation, expand, center, fill });
    if (interpolation === "bicubic") {
      throw new ValueError(
        "RandomRotation",
        "Interpolation mode 'bicubic' is unsupported with Tensor input",
        `the dtype is ${x.dtype}`,
        'Put it before ToTensor(), or use "bilinear".',
      );
    }
    return throughFloats(x, (floats) => rotateFloats(floats, degrees, { interpolation, expand, center, fill }));
  }

  override apply(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("RandomRotation.apply(x)", arguments.length);
    return this.applyParams(x, this.makeParams());
  }

  override toString(): string {
    const { degrees, interpolation, expand, center, fill } = this;
    const middle = center === null ? "" : `, center=${pythonRepr(center, { list: true })}`;
    return `RandomRotation(degrees=[${degrees.map(pythonFloat).join(", ")}], interpolation=${interpolation}, expand=${pythonRepr(expand)}${middle}, fill=${pythonRepr(fill)})`;
  }
}

function range(degrees: number | readonly number[]): readonly [number, number] {
  if (typeof degrees !== "number") return pair("degrees", degrees);
  if (degrees >= 0) return [-degrees, degrees];
  throw new ValueError(
    "RandomRotation",
    "If degrees is a single number, it must be positive.",
    "",
    `It is ${degrees}: give the largest angle, or [low, high].`,
  );
}

function pair(name: string, values: readonly number[]): readonly [number, number] {
  if (Array.isArray(values) && values.length === 2) return [values[0] as number, values[1] as number];
  throw new ValueError(
    "RandomRotation",
    `${name} should be a sequence of length 2.`,
    "",
    `It is ${JSON.stringify(values) ?? typeof values}: write ${name === "center" ? "[x, y]" : "[low, high]"}.`,
  );
}

function checkFill(fill: number | readonly number[]): number | readonly number[] {
  const values: readonly unknown[] = [fill].flat();
  if (values.length > 0 && values.every((value) => typeof value === "number")) return fill;
  throw new ValueError(
    "RandomRotation",
    "Fill should be either a sequence or a number.",
    "",
    `It is ${JSON.stringify(fill) ?? typeof fill}: give one number, or one for each channel.`,
  );
}

/** One number, or one for each channel of `x`. */
function fillFor(x: Tensor, fill: number | readonly number[]): readonly number[] {
  const values = [fill].flat();
  const channels = x.ndim > 2 ? (x.shape.at(-3) as number) : 1;
  if (values.length === 1 || values.length === channels) return values;
  throw new ValueError(
    "RandomRotation",
    x.dtype === "uint8"
      ? `The number of elements in 'fill' does not match the number of channels of the image (${values.length} != ${channels})`
      : `The number of elements in 'fill' cannot broadcast to match the number of channels of the image (${values.length} != ${channels})`,
    "",
    "Give one number, or one for each channel.",
  );
}
