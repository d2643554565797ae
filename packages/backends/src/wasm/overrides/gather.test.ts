import type { TfjsDevice, TfjsRunner } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { wasm } from "../index.ts";
import { kernelsOf } from "../kernels/kernels-of.ts";
import { gather } from "./gather.ts";

let device: TfjsDevice;
/** The same device, of which no kernels of our own are known. */
let plain: TfjsRunner;

beforeAll(async () => {
  device = (await wasm()) as TfjsDevice;
  plain = Object.create(device) as TfjsRunner;
});

function info(values: Float32Array | Int32Array, shape: number[], dtype: "float32" | "int32"): TensorInfo {
  return { dataId: device.backend.write(values, shape, dtype), shape, dtype };
}

/** What the definition says, element by element. */
function expected(
  x: ArrayLike<number>,
  shape: number[],
  index: Int32Array,
  indexShape: number[],
  dim: number,
): number[] {
  return Array.from(index, (picked, flat) => {
    let [rest, at, stride] = [flat, 0, numel(shape)];
    let ownStride = index.length;
    for (const [d, size] of indexShape.entries()) {
      stride /= shape[d] as number;
      ownStride /= size;
      const position = Math.floor(rest / ownStride);
      rest %= ownStride;
      at += (d === dim ? picked : position) * stride;
    }
    return x[at] as number;
  });
}

test.each<[number[], number[], number]>([
  [[1], [1], 0],
  [[5], [3], 0],
  [[3, 4], [3, 1], 1],
  [[3, 4], [3, 9], 1],
  [[3, 4], [7, 4], 0],
  [[2, 3, 4], [2, 5, 4], 1],
  [[2, 3, 1], [2, 5, 1], 1],
  [[2, 3, 4], [2, 3, 2], 2],
  [[4, 3, 2, 5], [4, 1, 2, 5], 1],
  // Smaller along another dimension: not in blocks.
  [[3, 4], [2, 4], 1],
  // More than one call: rows shorter and longer than one.
  [[9000, 3], [9000, 4], 1],
  [[2, 40000], [2, 40001], 1],
  [[3, 20000], [4, 20000], 0],
])("%j picked by %j along %i", (shape, indexShape, dim) => {
  const floats = Float32Array.from({ length: numel(shape) }, (_, i) => Math.sin(i));
  floats.set([Number.NaN, -0, Number.POSITIVE_INFINITY, 1e-40].slice(0, floats.length));
  const index = Int32Array.from({ length: numel(indexShape) }, (_, i) => (i * 7919) % (shape[dim] as number));
  for (const [values, dtype] of [
    [floats, "float32"],
    [Int32Array.from(floats, (_, i) => i * 12345), "int32"],
  ] as const) {
    const want = expected(values, shape, index, indexShape, dim);
    for (const on of [device, plain]) {
      const inputs = { x: info(values, shape, dtype), index: info(index, indexShape, "int32") };
      const [out] = gather(on, inputs, { dim }, [{ shape: indexShape, dtype }]) as [TensorInfo];
      expect(Array.from(device.backend.readSync(out.dataId) as Float32Array)).toEqual(want);
      for (const one of [inputs.x, inputs.index, out]) device.release(one);
    }
  }
});

test("the kernel is there", () => {
  expect(kernelsOf(device)).toBeDefined();
  expect(kernelsOf(plain)).toBeUndefined();
});
