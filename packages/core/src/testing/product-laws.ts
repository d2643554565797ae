import { expect, type TestOptions, test } from "vitest";
import { fromBuffer } from "../api/creation.ts";
import type { Device } from "../device/device.ts";
import { moveTo } from "../graph/op.ts";
import { linear } from "../ops/linear.ts";
import { matmul } from "../ops/matmul.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { LawsOfDevice } from "./laws-of-device.ts";
import { tier } from "./tier.ts";

/** Rows, summands, columns: around the blocks and the limits at which kernels change their ways. */
const SIZES: readonly (readonly [number, number, number])[] = [
  [1, 5, 1],
  [3, 2049, 5],
  [4, 2048, 8],
  [5, 7, 33],
  [33, 65, 31],
  [64, 2100, 32],
  [65, 34, 130],
];

/** Small whole numbers, whose sums are exact in whatever order. */
function small(rows: number, columns: number, seed: number): Float32Array {
  return Float32Array.from({ length: rows * columns }, (_, i) => ((i * 7919 + seed * 104729) % 11) - 5);
}

/** Products and their gradients, of matrices of all sizes, are exact where nothing is rounded. */
export function productLaws(device: () => Device, { name }: LawsOfDevice): void {
  const laws = (sizes: typeof SIZES, is: TestOptions): void => test.each(sizes)("[%i, %i] by [.., %i]", is, check);
  laws(
    SIZES.filter(([, k]) => k < 1000),
    {},
  );
  laws(
    SIZES.filter(([, k]) => k >= 1000),
    tier("proofs", { op: "matmul", device: name }),
  );

  async function check(m: number, k: number, n: number): Promise<void> {
    const [a, b, g] = [small(m, k, 1), small(n, k, 2), small(m, n, 3)];
    const on = (data: Float32Array, shape: number[]): Tensor => moveTo(fromBuffer(data, shape), device());
    const x = on(a, [m, k]).requiresGrad_();
    const weight = on(b, [n, k]).requiresGrad_();
    const bias = on(small(1, n, 4), [n]).requiresGrad_();
    const y = linear(x, weight, bias);
    y.backward({ gradient: on(g, [m, n]) });
    const offsets = small(1, n, 4);
    const product = multiply(a, transpose(b, n, k), m, k, n);
    expect(await y.toTypedArray()).toEqual(product.map((value, i) => value + (offsets[i % n] as number)));
    expect(await (x.grad as Tensor).toTypedArray()).toEqual(multiply(g, b, m, n, k));
    expect(await (weight.grad as Tensor).toTypedArray()).toEqual(multiply(transpose(g, m, n), a, n, m, k));
    expect(await matmul(on(a, [m, k]), on(b, [n, k]).t()).toTypedArray()).toEqual(product);
    expect(await matmul(on(a, [1, m, k]), on(transpose(b, n, k), [k, n])).toTypedArray()).toEqual(product);
  }
}

function transpose(data: Float32Array, rows: number, columns: number): Float32Array {
  return Float32Array.from(data, (_, i) => data[(i % rows) * columns + Math.floor(i / rows)] as number);
}

function multiply(a: Float32Array, b: Float32Array, m: number, k: number, n: number): Float32Array {
  const out = new Float32Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let p = 0; p < k; p++) {
      for (let j = 0; j < n; j++)
        out[i * n + j] = (out[i * n + j] as number) + (a[i * k + p] as number) * (b[p * n + j] as number);
    }
  }
  return out;
}
