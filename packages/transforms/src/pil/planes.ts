import { fromBuffer, type Tensor } from "@kindling/core";

/** One byte image `[height, width]` inside a larger array, row by row from `offset`. */
export interface Plane {
  readonly data: Uint8Array;
  readonly offset: number;
  readonly height: number;
  readonly width: number;
}

/** Writes the image `to`, all of it, from the image `from`; `index` counts the images of the tensor. */
export type PlaneKernel = (from: Plane, to: Plane, index: number) => void;

/** Runs `kernel` over every `[H, W]` image of a uint8 tensor `[..., H, W]`; the result is `[..., height, width]`. */
export function mapPlanes(x: Tensor, height: number, width: number, kernel: PlaneKernel): Tensor {
  const [inHeight, inWidth] = x.shape.slice(-2) as [number, number];
  const leading = x.shape.slice(0, -2);
  const count = leading.reduce((product, size) => product * size, 1);
  const data = x.dataSync() as Uint8Array;
  const out = new Uint8Array(count * height * width);
  for (let i = 0; i < count; i++) {
    const from = { data, offset: i * inHeight * inWidth, height: inHeight, width: inWidth };
    kernel(from, { data: out, offset: i * height * width, height, width }, i);
  }
  return fromBuffer(out, [...leading, height, width]).to(x.device);
}
