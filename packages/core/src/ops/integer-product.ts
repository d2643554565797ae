import type { TypedArray } from "../base/dtype.ts";
import { numel, type Shape } from "../base/shape.ts";
import { held } from "../base/whole-numbers.ts";
import { made } from "../scope/temporaries.ts";
import { hostTensor, type Tensor } from "../tensor/tensor.ts";
import { mul } from "./arithmetic.ts";
import { transpose, unsqueeze } from "./reordering.ts";
import { sum } from "./sum.ts";

/**
 * The product of matrices of whole numbers, or of two equally long batches of them; an element that `int32`
 * cannot hold is refused. Devices multiply matrices of floats only, which lose whole numbers above 2^24: this is computed here, or,
 * on a device that cannot be read without waiting, as the sums of all products, which wrap.
 */
export function integerProduct(a: Tensor, b: Tensor, shape: Shape): Tensor {
  const [left, right] = [elementsOf(a), elementsOf(b)];
  // `[*, n, k, 1] * [*, 1, k, p]`, summed over k.
  if (left === null || right === null) return sum(mul(unsqueeze(a, -1), unsqueeze(b, -3)), -2);
  const [n, p] = shape.slice(-2) as [number, number];
  const k = a.shape.at(-1) as number;
  const data = new Int32Array(numel(shape));
  const rough = new Float64Array(p);
  for (let row = 0; row < data.length / p; row++) {
    const columns = Math.floor(row / n) * k * p;
    const sums = data.subarray(row * p, (row + 1) * p);
    rough.fill(0);
    for (let i = 0; i < k; i++) {
      const factor = left[row * k + i] as number;
      for (let j = 0; j < p; j++) {
        const other = right[columns + i * p + j] as number;
        sums[j] = ((sums[j] as number) + Math.imul(factor, other)) | 0;
        rough[j] = (rough[j] as number) + factor * other;
      }
    }
    checkWhole(sums, rough);
  }
  const elements = { data, offset: 0, length: data.length, steps: null };
  return made(hostTensor("matmul", elements, shape, "int32", a.device));
}

/** Refuses sums that are not the `exact` ones: they are right modulo 2^32, and doubles say how often that was taken off. */
function checkWhole(sums: Int32Array, exact: Float64Array): void {
  for (let j = 0; j < sums.length; j++) {
    const [sum, wanted] = [sums[j] as number, exact[j] as number];
    if (Math.abs(wanted - sum) > 2 ** 31) held("matmul", wanted);
  }
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
