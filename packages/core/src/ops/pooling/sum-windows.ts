import { castArray } from "../../base/cast.ts";
import { floatOf } from "../../base/default-dtype.ts";
import { made } from "../../scope/temporaries.ts";
import { hostTensor, type Tensor } from "../../tensor/tensor.ts";
import { reshape } from "../broadcast.ts";
import { transpose } from "../reordering.ts";
import { sum } from "../sum.ts";
import { unfoldLast } from "./unfold.ts";
import { pooledShape } from "./windows.ts";

/** The elements of the windows along one dimension: `kernel` positions each, window after window. */
export interface Picks {
  readonly positions: Int32Array;
  readonly kernel: number;
}

/** Sums over windows of the last two dimensions, first along the width, then along the height. */
export function sumWindows(x: Tensor, rows: Picks, columns: Picks): Tensor {
  const planes = reshape(x, [-1, ...x.shape.slice(-2)]);
  const narrow = sumLast(planes, columns); // [planes, H, W']
  const turned = sumLast(transpose(narrow, 1, 2), rows); // [planes, W', H']
  const [, width, height] = turned.shape as readonly [number, number, number];
  return reshape(transpose(turned, 1, 2), pooledShape(x.shape, height, width));
}

function sumLast(x: Tensor, { positions, kernel }: Picks): Tensor {
  const size = x.shape.at(-1) as number;
  // Windows side by side need nothing but another shape.
  const tiles = positions.length === size && positions.every((position, i) => position === i);
  const windows = tiles
    ? reshape(x, [...x.shape.slice(0, -1), size / kernel, kernel])
    : unfoldLast(x, positions, kernel, 0);
  return sum(windows, -1);
}

/** The areas of windows whose heights and widths these are, on the device of `like`. */
export function areasOf(heights: readonly number[], widths: readonly number[], like: Tensor): Tensor {
  const dtype = floatOf(like.dtype);
  const data = castArray(
    heights.flatMap((height) => widths.map((width) => height * width)),
    dtype,
  );
  const elements = { data, offset: 0, length: data.length, steps: null };
  return made(hostTensor("areas", elements, [heights.length, widths.length], dtype, like.device), [like]);
}
