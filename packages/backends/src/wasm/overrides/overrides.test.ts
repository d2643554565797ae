import { cpu, type Device, type DType, type Tensor, tensor } from "@kindling/core";
import type { AttributesOf, Infos, KernelName, TfjsDevice } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { wasm } from "../index.ts";
import { overrides } from "./index.ts";

let device: TfjsDevice;

beforeAll(async () => {
  device = (await wasm()) as TfjsDevice;
});

function info(x: Tensor, dtype: "float32" | "int32" | "bool"): TensorInfo {
  const Values = { float32: Float32Array, int32: Int32Array, bool: Uint8Array }[dtype];
  return {
    dataId: device.backend.write(new Values(x.toTypedArraySync()), [...x.shape], dtype),
    shape: [...x.shape],
    dtype,
  };
}

function read(results: TensorInfo[]): number[] {
  return Array.from(device.backend.readSync((results[0] as TensorInfo).dataId) as ArrayLike<number>, Number);
}

/** The backend's own kernel, and ours in its place. */
function both<K extends KernelName>(
  kernel: K,
  inputs: Infos<K>,
  attrs: AttributesOf<K>,
  shape: readonly number[],
  dtype: DType = "float32",
) {
  const outs = [{ shape, dtype }];
  return {
    native: () => read(device.runNative(kernel, inputs, attrs, outs)),
    overridden: () => read(device.runKernel(kernel, inputs, attrs, outs)),
  };
}

describe("kernels that are wrong", () => {
  test("Cast to bool copies numbers into bytes", () => {
    const x = info(tensor([0, 2, 256, -1], { dtype: "int32" }), "int32");
    const { native, overridden } = both("cast", { x }, {}, [4], "bool");
    expect(native()).not.toEqual([0, 1, 1, 1]);
    expect(overridden()).toEqual([0, 1, 1, 1]);
  });

  test("Reverse moves four bytes for each bool", () => {
    const x = info(tensor([true, false, false, false, true, true]), "bool");
    const { overridden } = both("flip", { x }, { dims: [0] }, [6], "bool");
    expect(overridden()).toEqual([1, 1, 0, 0, 0, 1]);
  });

  test("Maximum and Minimum drop NaN", () => {
    const [a, b] = [info(tensor([Number.NaN, 1, 2]), "float32"), info(tensor([0, Number.NaN, 3]), "float32")];
    for (const kernel of ["maximum", "minimum"] as const) {
      const { native, overridden } = both(kernel, { a, b }, {}, [3]);
      expect(native().filter(Number.isNaN)).not.toHaveLength(2);
      expect(overridden().filter(Number.isNaN)).toHaveLength(2);
    }
  });
});

describe("kernels that are slow", () => {
  const shapes: [readonly number[], readonly number[]][] = [
    [[3], [4]],
    [[1], [5]],
    [
      [2, 3],
      [1, 3],
    ],
    [
      [2, 3],
      [2, 1],
    ],
    [
      [2, 1, 3],
      [2, 3, 2],
    ],
    [
      [1, 2, 1],
      [4, 1, 2],
    ],
  ];

  test.each(shapes)("Tile of %j by %j is what the backend's own gives", (shape, reps) => {
    const count = shape.reduce((a, b) => a * b, 1);
    const x = { ...info(tensor(Array.from({ length: count }, (_, i) => i + 1)), "float32"), shape: [...shape] };
    const { native, overridden } = both(
      "tile",
      { x },
      { repeats: reps },
      shape.map((size, i) => size * (reps[i] as number)),
    );
    expect(overridden()).toEqual(native());
  });

  const kernels = ["eq", "ne", "lt", "le", "gt", "ge", "maximum", "minimum"] as const;

  test.each(kernels)("%s is what the backend's own gives: same shapes, scalars on either side, broadcast", (kernel) => {
    const row = info(tensor([1, 2, 3, 4]), "float32");
    const other = info(tensor([3, 2, 1, 4]), "float32");
    const scalar = info(tensor(2), "float32");
    const column = { ...info(tensor([1, 3]), "float32"), shape: [2, 1] };
    for (const [a, b] of [
      [row, other],
      [row, scalar],
      [scalar, row],
      [scalar, scalar],
      [row, column],
    ] as const) {
      const { native, overridden } = both(kernel, { a, b }, {}, [4]);
      expect(overridden()).toEqual(native());
    }
  });

  test.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])("products transposed %s and %s are the cpu device's", (transposeA, transposeB) => {
    const left = Array.from({ length: 24 }, (_, i) => Math.sin(i));
    const right = Array.from({ length: 40 }, (_, i) => Math.cos(i));
    const a = tensor(left).view(3, 8);
    const b = tensor(right).view(8, 5);
    const wanted = a.matmul(b);
    const x = transposeA ? a.t().clone() : a;
    const y = transposeB ? b.t().clone() : b;
    const inputs = { a: info(x, "float32"), b: info(y, "float32") };
    const out = tensor(both("matmul", inputs, { transposeA, transposeB }, [3, 5]).overridden()).view(3, 5);
    expect(out.allclose(wanted, { atol: 1e-5 })).toBe(true);
  });
});

test("an override leaves nothing behind", () => {
  const before = device.backend.numDataIds();
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]).to(device as Device);
  const made = [x.to("bool").flip(1), x.gt(2), x.expand(4, 2, 3), x.matmul(x.t()), x.to("uint8"), x.maximum(x.flip(0))];
  for (const t of [...made, x]) t.dispose();
  // Scalars such as the 2 above are kept for the next time, and what was made on the way is collected late.
  expect(device.backend.numDataIds() - before).toBeLessThan(12);
  expect(Object.keys(overrides).length).toBeGreaterThan(0);
  expect(cpu.name).toBe("cpu");
});
