import { allocate, type TypedArray } from "../base/dtype.ts";
import { numel, type Shape } from "../base/shape.ts";
import { checkExact, held } from "../base/whole-numbers.ts";
import { made } from "../scope/temporaries.ts";
import { hostTensor, type Tensor } from "../tensor/tensor.ts";
import { mul } from "./arithmetic.ts";
import { transpose, unsqueeze } from "./reordering.ts";
import { sum } from "./sum.ts";

/**
 * The product of matrices of whole numbers, `int32` or `int64`, or of two equally long batches of them: of `int32` it wraps, of `int64`
 * an element that does not fit is refused. Devices multiply matrices of floats only, which lose whole numbers above 2^24: this is
 * computed here, or, on a device that cannot be read without waiting, as the sums of all products.
 */
export function integerProduct(a: Tensor, b: Tensor, shape: Shape): Tensor {
  const { dtype, device } = a;
  const [left, right] = [elementsOf(a), elementsOf(b)];
  // `[*, n, k, 1] * [*, 1, k, p]`, summed over k.
  if (left === null || right === null) return sum(mul(unsqueeze(a, -1), unsqueeze(b, -3)), -2, { dtype });
  const fit =
    dtype !== "int64"
      ? (value: number) => value
      : (device.largestInteger ?? 0) < Number.MAX_SAFE_INTEGER
        ? (value: number) => held("matmul", value, device.name)
        : (value: number) => checkExact("matmul", value);
  const multiply = dtype === "int64" ? (x: number, y: number) => x * y : Math.imul;
  const [n, p] = shape.slice(-2) as [number, number];
  const k = a.shape.at(-1) as number;
  const data = allocate(dtype, numel(shape));
  const sums = new Float64Array(p);
  for (let row = 0; row < data.length / p; row++) {
    const columns = Math.floor(row / n) * k * p;
    sums.fill(0);
    for (let i = 0; i < k; i++) {
      const factor = left[row * k + i] as number;
      for (let j = 0; j < p; j++) {
        sums[j] = (sums[j] as number) + multiply(factor, right[columns + i * p + j] as number);
      }
    }
    // Sums of fewer than 2^22 products of 31 bits are exact; an Int32Array takes them modulo 2^32.
    data.set(sums.map(fit), row * p);
  }
  const elements = { data, offset: 0, length: data.length, steps: null };
  return made(hostTensor("matmul", elements, shape, dtype, device));
}

/** A matrix, or a batch of them, with its last two dimensions swapped where it is to be read so. */
export function readTransposed(x: Tensor, transposed: boolean): Tensor {
  return transposed ? transpose(x, -2, -1) : x;
}

/** The elements where they can be had at once. */
function elementsOf(x: Tensor): TypedArray | null {
  const host = x.hostElements();
  if (host !== null && host.steps === null) return host.data.subarray(host.offset, host.offset + host.length);
  return x.device.downloadSync?.(x.operand().handle) ?? null;
}
