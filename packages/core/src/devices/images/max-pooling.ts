import type { TypedArray } from "../../base/dtype.ts";
import type { Shape } from "../../base/shape.ts";
import type { AttributesOf } from "../../device/kernels.ts";
import type { Floats } from "../matrix-product.ts";
import { imageShapeOf, type Pair } from "./attributes.ts";

/** Max pooling as loops over elements in ordinary memory, for devices that have them there. */
export interface MaxPooling {
  /** N times C. */
  readonly planes: number;
  readonly size: Pair;
  readonly outSize: Pair;
  readonly kernel: Pair;
  readonly stride: Pair;
  /** The padding before the first row and column. */
  readonly before: Pair;
}

/** The sizes of a kernel call: `image` `[N, C, H, W]`, `result` `[N, C, H', W']`. */
export function maxPoolingOf(image: Shape, result: Shape, attrs: AttributesOf<"maxPool2d">): MaxPooling {
  const [n, c, height, width] = imageShapeOf(image);
  const [[top], [left]] = attrs.padding;
  return {
    planes: n * c,
    size: [height, width],
    outSize: [result[2] as number, result[3] as number],
    kernel: attrs.kernelSize,
    stride: attrs.stride,
    before: [top, left],
  };
}

/** Where each window's largest element stands in `x`: the first of equals, row by row; NaN is largest. */
function placesOf({ planes, size, outSize, kernel, stride, before }: MaxPooling, x: Floats): Int32Array {
  const [height, width] = size;
  const places = new Int32Array(planes * outSize[0] * outSize[1]);
  for (let plane = 0, window = 0; plane < planes; plane++) {
    const base = plane * height * width;
    for (let oy = 0; oy < outSize[0]; oy++) {
      const top = oy * stride[0] - before[0];
      const firstRow = Math.max(top, 0);
      const lastRow = Math.min(top + kernel[0], height);
      for (let ox = 0; ox < outSize[1]; ox++, window++) {
        const left = ox * stride[1] - before[1];
        const firstColumn = Math.max(left, 0);
        const columns = Math.min(left + kernel[1], width) - firstColumn;
        let place = base + firstRow * width + firstColumn;
        let largest = Number.NEGATIVE_INFINITY;
        for (let y = firstRow; y < lastRow; y++) {
          const from = base + y * width + firstColumn;
          for (let at = from; at < from + columns; at++) {
            const value = x[at] as number;
            if (value <= largest) continue;
            if (value > largest || Number.isNaN(value)) {
              largest = value;
              place = at;
            }
          }
        }
        places[window] = place;
      }
    }
  }
  return places;
}

/** The largest of each window. */
export function maxPoolInto(pooling: MaxPooling, x: Floats, out: Floats): void {
  const places = placesOf(pooling, x);
  for (let window = 0; window < places.length; window++) out[window] = x[places[window] as number] as number;
}

/** Where the largest of each window stands in its plane. */
export function maxPoolPlacesInto(pooling: MaxPooling, x: Floats, out: TypedArray): void {
  const area = pooling.size[0] * pooling.size[1];
  const places = placesOf(pooling, x);
  for (let window = 0; window < places.length; window++) out[window] = (places[window] as number) % area;
}

/** Adds each window's gradient to where its largest element stands; `out` is zeros before. */
export function maxPoolGradInto(pooling: MaxPooling, x: Floats, dy: Floats, out: Floats): void {
  const places = placesOf(pooling, x);
  for (let window = 0; window < places.length; window++) {
    const place = places[window] as number;
    out[place] = (out[place] as number) + (dy[window] as number);
  }
}
