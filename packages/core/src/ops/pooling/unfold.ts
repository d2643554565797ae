import type { Tensor } from "../../tensor/tensor.ts";
import { reshape } from "../broadcast.ts";
import { indexTensor } from "../index-tensor.ts";
import { indexSelect } from "../indexing.ts";
import { pad } from "../pad.ts";

/**
 * The elements of each window along the last dimension: `[..., n]` becomes `[..., count, kernel]`. `positions` are the windows' elements, window
 * after window; a position of `n` is one in the padding, which holds `fill`.
 */
export function unfoldLast(x: Tensor, positions: Int32Array, kernel: number, fill: number): Tensor {
  const size = x.shape.at(-1) as number;
  const padded = positions.includes(size) ? pad(x, [0, 1], { value: fill }) : x;
  const picked = indexSelect(padded, -1, indexTensor(positions, x));
  return reshape(picked, [...x.shape.slice(0, -1), positions.length / kernel, kernel]);
}
