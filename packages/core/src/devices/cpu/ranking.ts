import type { TypedArray } from "../../base/dtype.ts";
import { numel, type Shape } from "../../base/shape.ts";

// PyTorch takes NaN for larger than everything, so that a network that has gone wrong shows.

/** Whether `a` comes before `b` among the largest. */
export function isLarger(a: number, b: number): boolean {
  return a > b || (Number.isNaN(a) && !Number.isNaN(b));
}

/** Whether `a` comes before `b` among the smallest. */
export function isSmaller(a: number, b: number): boolean {
  return a < b || (Number.isNaN(a) && !Number.isNaN(b));
}

/** Fills `found` with where along `dim` the element stands that comes before all others; the first of equals. */
export function placesOfExtremes(
  data: TypedArray,
  shape: Shape,
  dim: number,
  comesBefore: (a: number, b: number) => boolean,
  found: TypedArray,
): void {
  const n = shape[dim] as number;
  const inner = numel(shape.slice(dim + 1));
  for (let i = 0; i < found.length; i++) {
    const start = Math.floor(i / inner) * n * inner + (i % inner);
    let [best, at] = [data[start] as number, 0];
    for (let k = 1; k < n; k++) {
      const value = data[start + k * inner] as number;
      if (comesBefore(value, best)) [best, at] = [value, k];
    }
    found[i] = at;
  }
}

/** The `k` largest of each row of `n`, in order, and where they stand; the first of equals first. */
export function rankRows(data: TypedArray, n: number, k: number, values: TypedArray, indices: TypedArray): void {
  const rows = n === 0 ? 0 : data.length / n;
  const order = new Int32Array(n);
  for (let row = 0; row < rows; row++) {
    const start = row * n;
    for (let i = 0; i < n; i++) order[i] = i;
    order.sort((a, b) => {
      const [first, second] = [data[start + a] as number, data[start + b] as number];
      if (isLarger(first, second)) return -1;
      return isLarger(second, first) ? 1 : a - b;
    });
    for (let i = 0; i < k; i++) {
      indices[row * k + i] = order[i] as number;
      values[row * k + i] = data[start + (order[i] as number)] as number;
    }
  }
}
