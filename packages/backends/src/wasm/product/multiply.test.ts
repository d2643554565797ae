import type { TfjsDevice } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { wasm } from "../index.ts";
import { kernelsOf } from "../kernels/kernels-of.ts";
import type { Kernels } from "../kernels/start-kernels.ts";
import { type MultiplyOptions, multiply } from "./multiply.ts";

let device: TfjsDevice;

beforeAll(async () => {
  device = (await wasm()) as TfjsDevice;
});

/** Small whole numbers: every order of addition gives the same sum. */
function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => ((i * 7919 + seed * 104729) % 13) - 6);
}

function info(data: Float32Array, shape: number[]): TensorInfo {
  return { dataId: device.backend.write(data, shape, "float32"), shape, dtype: "float32" };
}

function read(result: TensorInfo): Float32Array {
  return Float32Array.from(device.backend.readSync(result.dataId) as Float32Array);
}

function product(a: TensorInfo, b: TensorInfo, options: MultiplyOptions = {}): TensorInfo {
  return multiply(device, kernelsOf(device) as Kernels, a, b, options);
}

interface Case {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** By the definition. */
function expected(a: Float32Array, b: Float32Array, bias: Float32Array, { m, n, k, transposeA, transposeB }: Case) {
  const out = new Float32Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = bias[j] as number;
      for (let t = 0; t < k; t++) {
        sum += (a[transposeA ? t * m + i : i * k + t] as number) * (b[transposeB ? j * k + t : t * n + j] as number);
      }
      out[i * n + j] = sum;
    }
  }
  return out;
}

const sizes = [
  [1, 1, 1],
  [4, 8, 3],
  [5, 9, 7],
  [3, 10, 128],
  [17, 4, 2],
  [77, 33, 19],
] as const;
const flags = [false, true];
const cases: Case[] = sizes.flatMap(([m, n, k]) =>
  flags.flatMap((transposeA) => flags.map((transposeB) => ({ m, n, k, transposeA, transposeB }))),
);

describe("multiply", () => {
  test.each(cases)("$m x $k by $k x $n, transposed $transposeA and $transposeB", (sized) => {
    const { m, n, k, transposeA, transposeB } = sized;
    const [a, b, bias] = [numbers(m * k, 1), numbers(k * n, 2), numbers(n, 3)];
    const out = product(info(a, transposeA ? [k, m] : [m, k]), info(b, transposeB ? [n, k] : [k, n]), {
      transposeA,
      transposeB,
      bias: info(bias, [n]),
    });
    expect(out.shape).toEqual([m, n]);
    expect(read(out)).toEqual(expected(a, b, bias, sized));
  });

  test("multiplies batch by batch", () => {
    const sized = { m: 5, n: 3, k: 4, transposeA: false, transposeB: false };
    const [a, b] = [numbers(2 * 20, 4), numbers(2 * 12, 5)];
    const out = product(info(a, [2, 5, 4]), info(b, [2, 4, 3]));
    const each = [0, 1].map((i) =>
      expected(a.subarray(20 * i, 20 * i + 20), b.subarray(12 * i, 12 * i + 12), new Float32Array(3), sized),
    );
    expect(out.shape).toEqual([2, 5, 3]);
    expect(Array.from(read(out))).toEqual(each.flatMap((part) => Array.from(part)));
  });

  test("is nearer to the true sums than the backend's own kernel", () => {
    const [m, n, k] = [50, 24, 784];
    const noise = (count: number, seed: number) =>
      Float32Array.from({ length: count }, (_, i) => Math.abs(Math.sin(i * seed)));
    const [x, y] = [noise(m * k, 1.1), noise(k * n, 0.7)];
    const [a, b] = [info(x, [m, k]), info(y, [k, n])];
    const exact = new Float64Array(m * n);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let t = 0; t < k; t++) sum += (x[i * k + t] as number) * (y[t * n + j] as number);
        exact[i * n + j] = sum;
      }
    }
    const meanError = (data: Float32Array): number =>
      data.reduce((sum, value, i) => sum + Math.abs(value - (exact[i] as number)), 0) / data.length;
    const outs = [{ shape: [m, n], dtype: "float32" }] as const;
    const [native] = device.runNative("matmul", { a, b }, { transposeA: false, transposeB: false }, outs) as [
      TensorInfo,
    ];
    expect(meanError(read(product(a, b)))).toBeLessThan(meanError(read(native)) / 1.5);
  });

  test("leaves nothing behind", () => {
    const [a, b] = [info(numbers(12, 1), [3, 4]), info(numbers(8, 2), [4, 2])];
    const before = device.backend.numDataIds();
    device.release(product(a, b));
    expect(device.backend.numDataIds()).toBe(before);
  });
});
