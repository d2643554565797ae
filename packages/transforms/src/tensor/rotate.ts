import { fromBuffer, type Tensor } from "@kindling/core";
import { isOnHost, mapPlanes, type PlaneKernel } from "../planes.ts";
import { type Rotation, type RotationOptions, rotation, type Tap } from "./rotation.ts";

export interface RotateOptions extends RotationOptions {
  /** The fill outside the image: one number, or one for each channel. */
  readonly fill: readonly number[];
}

/**
 * A float image turned counter-clockwise by `degrees`, as torchvision turns tensors: `sum * mask + (1 - mask) * fill`, where
 * the sum is over the pixels that each comes from, and the mask is how much of them lies in the image. Shapes: `[..., C, H, W]`.
 */
export function rotateFloats(x: Tensor, degrees: number, { fill, ...options }: RotateOptions): Tensor {
  const [height, width] = x.shape.slice(-2) as [number, number];
  const turned = rotation(height, width, degrees, options);
  const mask = maskOf(turned);
  if (isOnHost(x)) return mapPlanes(x, turned.height, turned.width, rotateKernel(turned, mask, fill));
  const pixels = x.reshape([...x.shape.slice(0, -2), height * width]);
  const picked = turned.taps.map(({ index, weight }) =>
    pixels.indexSelect(-1, vector(index, x)).mul(vector(weight, x)),
  );
  const sum = picked.reduce((total, part) => total.add(part));
  const filled = sum.mul(vector(mask, x)).add(background(fill, mask, x));
  return filled.reshape([...x.shape.slice(0, -2), turned.height, turned.width]);
}

/** How much of what each pixel comes from lies in the image, 0 to 1. */
function maskOf({ taps }: Rotation): Float32Array {
  const mask = new Float32Array((taps[0] as Tap).weight.length);
  for (const { weight } of taps)
    for (let i = 0; i < mask.length; i++) mask[i] = (mask[i] as number) + (weight[i] as number);
  return mask;
}

function rotateKernel({ taps }: Rotation, mask: Float32Array, fill: readonly number[]): PlaneKernel<Float32Array> {
  const { fround } = Math;
  return (from, to, plane) => {
    const background = fill[plane % fill.length] as number;
    for (let i = 0; i < mask.length; i++) {
      let sum = 0;
      for (const { index, weight } of taps) {
        sum = fround(sum + fround((from.data[from.offset + (index[i] as number)] as number) * (weight[i] as number)));
      }
      const share = mask[i] as number;
      to.data[to.offset + i] = fround(sum * share) + fround((1 - share) * background);
    }
  };
}

function vector(values: Float32Array | Int32Array, x: Tensor): Tensor {
  return fromBuffer(values, [values.length]).to(x.device);
}

/** `(1 - mask) * fill`, for all channels or `[C, pixels]`. */
function background(fill: readonly number[], mask: Float32Array, x: Tensor): Tensor {
  const values = Float32Array.from(fill.flatMap((value) => Array.from(mask, (share) => (1 - share) * value)));
  const shape = fill.length === 1 ? [mask.length] : [fill.length, mask.length];
  return fromBuffer(values, shape).to(x.device);
}
