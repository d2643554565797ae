import { fromBuffer, type Tensor, type TypedArray } from "@kindling/core";
import { numel } from "@kindling/core/extend";

/** One image `[height, width]` inside a larger array, row by row from `offset`. */
export interface Plane<A extends TypedArray = TypedArray> {
  readonly data: A;
  readonly offset: number;
  readonly height: number;
  readonly width: number;
}

/** Writes the image `to`, all of it, from the image `from`; `index` counts the images of the tensor. */
export type PlaneKernel<A extends TypedArray = TypedArray> = (from: Plane<A>, to: Plane<A>, index: number) => void;

/**
 * Whether the elements are in ordinary memory and nobody asks for gradients: then images are made by loops over arrays, and
 * no device memory is taken. Elsewhere they are made of tensor ops.
 */
export function isOnHost(x: Tensor): boolean {
  return x.device.host !== undefined && !x.requiresGrad;
}

/** Runs `kernel` over every `[H, W]` image of a tensor `[..., H, W]`; the result is `[..., height, width]`. */
export function mapPlanes<A extends TypedArray>(
  x: Tensor,
  height: number,
  width: number,
  kernel: PlaneKernel<A>,
): Tensor {
  const [inHeight, inWidth] = x.shape.slice(-2) as [number, number];
  const leading = x.shape.slice(0, -2);
  const count = numel(leading);
  const data = x.toTypedArraySync() as A;
  const out = new (data.constructor as new (length: number) => A)(count * height * width);
  for (let i = 0; i < count; i++) {
    const from = { data, offset: i * inHeight * inWidth, height: inHeight, width: inWidth };
    kernel(from, { data: out, offset: i * height * width, height, width }, i);
  }
  const shape = [...leading, height, width];
  const made = fromBuffer(out, shape, { dtype: x.dtype });
  return made.to(x.device);
}
