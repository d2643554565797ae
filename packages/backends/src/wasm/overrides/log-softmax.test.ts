import type { TfjsDevice, TfjsRunner } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { wasm } from "../index.ts";
import { kernelsOf } from "../kernels/kernels-of.ts";
import { layoutOf } from "./along-dimension.ts";
import { overrides } from "./index.ts";
import { logSoftmax, logSoftmaxBackward } from "./log-softmax.ts";

let device: TfjsDevice;
/** The same device, of which no kernels of our own are known. */
let plain: TfjsRunner;

beforeAll(async () => {
  device = (await wasm()) as TfjsDevice;
  plain = Object.create(device) as TfjsRunner;
});

const noise = (count: number, seed: number, scale = 8): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => scale * Math.sin(1 + i * i * 0.37 + seed));

function info(data: Float32Array, shape: readonly number[]): TensorInfo {
  return { dataId: device.backend.write(data, [...shape], "float32"), shape: [...shape], dtype: "float32" };
}

function taken([result]: TensorInfo[]): Float32Array {
  const data = Float32Array.from(device.backend.readSync((result as TensorInfo).dataId) as Float32Array);
  device.release(result as TensorInfo);
  return data;
}

function forward(on: TfjsRunner, data: Float32Array, shape: readonly number[], dim: number): Float32Array {
  const x = info(data, shape);
  const out = taken(logSoftmax(on, { x }, { dim }, [{ shape, dtype: "float32" }]));
  device.release(x);
  return out;
}

function backward(
  on: TfjsRunner,
  [g, y]: readonly [Float32Array, Float32Array],
  shape: readonly number[],
  dim: number,
) {
  const [grad, output] = [info(g, shape), info(y, shape)];
  const out = taken(logSoftmaxBackward(on, { grad, output }, { dim }, [{ shape, dtype: "float32" }]));
  device.release(grad);
  device.release(output);
  return out;
}

/** Calls `of` with the places of each vector along `dim`. */
function eachVector(shape: readonly number[], dim: number, of: (places: number[]) => void): void {
  const { outer, n, inner } = layoutOf(shape, dim);
  for (let i = 0; i < outer; i++) {
    for (let j = 0; j < inner; j++) of(Array.from({ length: n }, (_, k) => (i * n + k) * inner + j));
  }
}

/** By the definition, in double precision. */
function exactly(data: Float32Array, shape: readonly number[], dim: number): Float64Array {
  const out = new Float64Array(data.length);
  eachVector(shape, dim, (places) => {
    const values = places.map((at) => data[at] as number);
    const largest = values.reduce((a, b) => Math.max(a, b));
    const sum = values.reduce((total, x) => total + Math.exp(x - largest), 0);
    for (const at of places) out[at] = (data[at] as number) - largest - Math.log(sum);
  });
  return out;
}

function exactlyBackward(
  grad: Float32Array,
  output: Float32Array,
  shape: readonly number[],
  dim: number,
): Float64Array {
  const out = new Float64Array(grad.length);
  eachVector(shape, dim, (places) => {
    const sum = places.reduce((total, at) => total + (grad[at] as number), 0);
    for (const at of places) out[at] = (grad[at] as number) - Math.exp(output[at] as number) * sum;
  });
  return out;
}

/** The largest distance, in units of the last place of a float of the size of `wanted`, or of 1 where that is larger. */
function worst(found: Float32Array, wanted: Float64Array): number {
  return wanted.reduce((most, value, i) => {
    const difference = Math.abs((found[i] as number) - value);
    if (Number.isNaN(difference)) throw new RangeError(`${found[i]} in the place of ${value} at ${i}`);
    return Math.max(most, difference / (2 ** -23 * Math.max(1, Math.abs(value))));
  }, 0);
}

const shapes: [number[], number][] = [
  [[1], 0],
  [[7], 0],
  [[5, 1], 1],
  [[5, 2], 1],
  [[5, 3], 1],
  [[5, 4], 1],
  [[7, 10], 1],
  [[3, 257], 1],
  [[601, 3], 1],
  [[130, 4, 2], 1],
  [[2, 9001, 3], 1],
  [[2, 1000], 1],
  [[2, 5003], 1],
  [[2, 6, 1, 1], 1],
  [[3, 5, 2], 1],
  [[3, 5, 3], 1],
  [[3, 5, 4], 1],
  [[3, 5, 5], 1],
  [[2, 1, 9], 1],
  [[21, 23], 0],
  [[2, 130, 6, 11], 1],
  [[2, 21, 255], 1],
  [[2, 21, 258], 1],
  [[1, 3, 4099], 1],
  [[2, 3, 5, 7], 2],
];

test("the kernels of our own are there, and asked for", () => {
  expect(overrides).toMatchObject({ logSoftmax, logSoftmaxBackward });
  expect(kernelsOf(device)).toBeDefined();
  expect(kernelsOf(plain)).toBeUndefined();
});

describe.each([
  ["kernels", () => device],
  ["loops", () => plain],
] as const)("log-softmax by %s", (_, on) => {
  test.each(shapes)("of %j over %i is within four ulps", (shape, dim) => {
    const data = noise(numel(shape), dim);
    expect(worst(forward(on(), data, shape, dim), exactly(data, shape, dim))).toBeLessThan(4);
  });

  test.each(shapes)("backward of %j over %i is within four ulps", (shape, dim) => {
    const size = numel(shape);
    const output = forward(on(), noise(size, 1), shape, dim);
    const grad = noise(size, 2, 1 / 8);
    const found = backward(on(), [grad, output], shape, dim);
    expect(worst(found, exactlyBackward(grad, output, shape, dim))).toBeLessThan(4);
  });

  test.each<[number[], number]>([
    [[100_001], 0],
    [[100_001, 4], 0],
  ])("of a hundred thousand small terms is near, %j", (shape, dim) => {
    // Added up one after the other the terms lose three times as much, or ten times.
    const data = new Float32Array(numel(shape)).fill(-2.3);
    data.fill(0, 0, shape[1] ?? 1);
    expect(worst(forward(on(), data, shape, dim), exactly(data, shape, dim))).toBeLessThan(8);
    const grad = new Float32Array(data.length).fill(0.1);
    const output = new Float32Array(data.length).fill(-9);
    expect(worst(backward(on(), [grad, output], shape, dim), exactlyBackward(grad, output, shape, dim))).toBeLessThan(
      24,
    );
  });

  // Vectors of five with an edge value; the results are PyTorch's.
  const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];
  const edges: [number[], number[]][] = [
    [
      [-inf, 0, -inf, 0, -inf],
      [-inf, Math.fround(-Math.LN2), -inf, Math.fround(-Math.LN2), -inf],
    ],
    [
      [-inf, -inf, -inf, -inf, -inf],
      [nan, nan, nan, nan, nan],
    ],
    [
      [1, inf, 2, 3, 4],
      [nan, nan, nan, nan, nan],
    ],
    [
      [nan, 1, 2, 3, 4],
      [nan, nan, nan, nan, nan],
    ],
    [
      [1, 2, 3, 4, nan],
      [nan, nan, nan, nan, nan],
    ],
    [
      [3e38, -3e38, 0, 0, 0],
      [0, -inf, Math.fround(-3e38), Math.fround(-3e38), Math.fround(-3e38)],
    ],
    [
      [1000, 1, -1000, 1, 1],
      [0, -999, -2000, -999, -999],
    ],
    [[0, -90, -104, -87, 0], [-Math.LN2, -90 - Math.LN2, -104 - Math.LN2, -87 - Math.LN2, -Math.LN2].map(Math.fround)],
    [[0, 0, 0, 0, 0], Array.from({ length: 5 }, () => Math.fround(-Math.log(5)))],
  ];

  test("edge values stay in their row", () => {
    const data = Float32Array.from(edges.flatMap(([values]) => values));
    const found = forward(on(), data, [edges.length, 5], 1);
    expect([...found]).toEqual(edges.flatMap(([, wanted]) => wanted));
  });

  test("edge values stay in their column", () => {
    const turned = (rows: number[][]) => [0, 1, 2, 3, 4].flatMap((k) => rows.map((row) => row[k] as number));
    const found = forward(on(), Float32Array.from(turned(edges.map(([values]) => values))), [5, edges.length], 0);
    expect([...found]).toEqual(turned(edges.map(([, wanted]) => wanted)));
  });

  test.each([
    [[2, 5], 1],
    [[5, 2], 0],
    [[5, 4], 0],
  ])("an infinite gradient, %j", (shape, dim) => {
    const { inner } = layoutOf(shape, dim);
    const grad = new Float32Array(numel(shape)).fill(1);
    grad[0] = inf;
    const output = new Float32Array(grad.length).fill(-inf);
    output[inner] = -1;
    const found = backward(on(), [grad, output], shape, dim);
    // exp(-inf) times the infinite sum is NaN; a finite probability times it is infinite.
    expect([found[0], found[inner], found[2 * inner]]).toEqual([nan, -inf, nan]);
    expect(found.filter(Number.isNaN)).toHaveLength(4);
  });
});

test("leaves nothing behind", () => {
  const before = device.backend.numDataIds();
  for (const [shape, dim] of shapes) {
    const data = noise(numel(shape), 3);
    backward(device, [data, forward(device, data, shape, dim)], shape, dim);
  }
  expect(device.backend.numDataIds()).toBe(before);
});
