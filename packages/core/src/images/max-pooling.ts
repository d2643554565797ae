import type { Attributes } from "../device.ts";
import type { Shape } from "../shape.ts";

/** Max pooling as loops over elements in ordinary memory, for devices that have them there. */
export interface MaxPooling {
  /** N times C. */
  readonly planes: number;
  readonly size: Pair;
  readonly outSize: Pair;
  readonly kernel: Pair;
  readonly stride: Pair;
  /** What stands before the first row and column. */
  readonly before: Pair;
}

type Pair = readonly [height: number, width: number];

/** The sizes of a kernel call: `image` `[N, C, H, W]`, `result` `[N, C, H', W']`. */
export function maxPoolingOf(image: Shape, result: Shape, attrs: Attributes): MaxPooling {
  const [n, c, height, width] = image as readonly [number, number, number, number];
  const [[top], [left]] = attrs.pad as unknown as readonly [Pair, Pair];
  return {
    planes: n * c,
    size: [height, width],
    outSize: [result[2] as number, result[3] as number],
    kernel: attrs.filterSize as unknown as Pair,
    stride: attrs.strides as unknown as Pair,
    before: [top, left],
  };
}

/** Calls `visit` with the place of each window's largest element in `x`, and its value: the first of equals, row by row; NaN is largest. */
function forEachLargest(
  { planes, size, outSize, kernel, stride, before }: MaxPooling,
  x: Float32Array,
  visit: (window: number, place: number, plane: number) => void,
): void {
  const [height, width] = size;
  for (let plane = 0, window = 0; plane < planes; plane++) {
    const base = plane * height * width;
    for (let oy = 0; oy < outSize[0]; oy++) {
      const top = oy * stride[0] - before[0];
      const [firstRow, lastRow] = [Math.max(top, 0), Math.min(top + kernel[0], height)];
      for (let ox = 0; ox < outSize[1]; ox++, window++) {
        const left = ox * stride[1] - before[1];
        const [firstColumn, lastColumn] = [Math.max(left, 0), Math.min(left + kernel[1], width)];
        let place = base + firstRow * width + firstColumn;
        let largest = Number.NEGATIVE_INFINITY;
        for (let y = firstRow; y < lastRow; y++) {
          for (let at = base + y * width + firstColumn; at < base + y * width + lastColumn; at++) {
            const value = x[at] as number;
            if (value > largest || Number.isNaN(value)) {
              largest = value;
              place = at;
            }
          }
        }
        visit(window, place, plane);
      }
    }
  }
}

/** The largest of each window. */
export function maxPoolInto(pooling: MaxPooling, x: Float32Array, out: Float32Array): void {
  forEachLargest(pooling, x, (window, place) => {
    out[window] = x[place] as number;
  });
}

/** Where the largest of each window stands in its plane. */
export function maxPoolPlacesInto(pooling: MaxPooling, x: Float32Array, out: Int32Array): void {
  const area = pooling.size[0] * pooling.size[1];
  forEachLargest(pooling, x, (window, place, plane) => {
    out[window] = place - plane * area;
  });
}

/** Adds each window's gradient to where its largest element stands; `out` is zeros before. */
export function maxPoolGradInto(pooling: MaxPooling, x: Float32Array, dy: Float32Array, out: Float32Array): void {
  forEachLargest(pooling, x, (window, place) => {
    out[place] = (out[place] as number) + (dy[window] as number);
  });
}
