import { describe, expect, test } from "vitest";
import { fromBuffer, tensor, zeros } from "../api/creation.ts";
import { castArray, castScalar } from "../base/cast.ts";
import { allocate, type DType, isFloat, type TypedArray } from "../base/dtype.ts";
import { numel, type Shape } from "../base/shape.ts";
import type { Device } from "../device/device.ts";
import { NARROW_DTYPES } from "../device/dtypes.ts";
import { cpu } from "../devices/cpu/cpu.ts";
import { moveTo } from "../graph/op.ts";
import { cast } from "../ops/conversion.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { RecordingDevice } from "./recording-device.ts";

const SHAPES: readonly Shape[] = [[], [1], [5], [0], [2, 3], [2, 0, 3], [2, 1, 3, 2]];

/** Elements that only this dtype holds as they are. */
const SAMPLES: Record<DType, readonly number[]> = {
  float64: [0.1, -1e300, Number.MAX_VALUE, Number.MIN_VALUE, Number.NaN, Number.NEGATIVE_INFINITY, -0, 2 ** 53 + 2],
  float16: [0.5, 65504, -(2 ** -24), 1 + 2 ** -10, Number.NaN, Number.NEGATIVE_INFINITY, -0],
  bfloat16: [0.5, 3.3895313892515355e38, -(2 ** -133), 1 + 2 ** -7, Number.NaN, Number.POSITIVE_INFINITY, -0],
  int64: [0, -1, 2 ** 53 - 1, -(2 ** 53) + 1, 2 ** 32 + 1, 16777217, 300],
  int16: [0, -1, 32767, -32768, 300],
  int8: [0, -1, 127, -128, 44],
  float32: [0.1, -1e30, 3.4028234663852886e38, 1.401298464324817e-45, Number.NaN, Number.NEGATIVE_INFINITY, -0],
  int32: [0, -1, 2147483647, -2147483648, 16777216, -16777216, 300, 16777217, 123456789],
  uint8: [0, 1, 127, 128, 255],
  bool: [0, 1, 1, 0],
};

const DTYPES = Object.keys(SAMPLES) as DType[];

function sample(dtype: DType, shape: Shape, { largestInteger = 2 ** 31 - 1 }: Device): TypedArray {
  const isLong = dtype === "int32" || dtype === "int64";
  const from = SAMPLES[dtype].filter((value) => !isLong || (value >= -largestInteger - 1 && value <= largestInteger));
  return allocate(dtype, numel(shape)).map((_, i) => from[i % from.length] as number);
}

function held(data: TypedArray, shape: Shape, dtype: DType): Tensor {
  return fromBuffer(data, shape, { dtype });
}

function has(device: Device, dtype: DType): boolean {
  return (device.dtypes ?? NARROW_DTYPES).has(dtype);
}

/** Elements of every dtype and shape go to the device and come back as they were. */
export function transferLaws(device: () => Device): void {
  describe.each(DTYPES)("%s", (dtype) => {
    test.each(SHAPES)("goes there and comes back, or is refused: [%s]", async (...shape) => {
      if (!has(device(), dtype)) {
        const x = held(sample(dtype, shape, cpu), shape, dtype);
        expect(() => moveTo(x, device())).toThrow(`framework doesn't support ${dtype}`);
        return;
      }
      const data = sample(dtype, shape, device());
      const there = moveTo(held(data, shape, dtype), device());
      expect([there.device, there.dtype, there.shape]).toEqual([device(), dtype, shape]);
      expect(await there.toTypedArray()).toEqual(data);
      const back = await there.cpu();
      expect([back.device, back.dtype, back.shape]).toEqual([cpu, dtype, shape]);
      expect(await back.toTypedArray()).toEqual(data);
    });

    test("comes out of a kernel as it went in", async () => {
      if (!has(device(), dtype)) return;
      const data = sample(dtype, [7], device());
      const there = moveTo(held(data, [7], dtype), device());
      // Two transposes, so that no shortcut hands the same memory back.
      const moved = there.reshape(1, 7).expand(2, 7).t().t().select(0, 1);
      expect(await moved.toTypedArray()).toEqual(data);
    });

    test.each(DTYPES)("becomes %s as on the cpu", async (target) => {
      if (!has(device(), dtype)) return;
      if (!has(device(), target)) {
        expect(() => cast(zeros([2], { dtype, device: device() }), target)).toThrow(`doesn't support ${target}`);
        return;
      }
      // What does not fit into the target is not defined for floats; integers wrap.
      const data = isFloat(dtype) ? castArray([0, -0, 1, 0.5, 1.9, 100.7, 127], dtype) : sample(dtype, [7], device());
      const there = cast(moveTo(held(data, [7], dtype), device()), target);
      expect(there.dtype).toBe(target);
      expect(await there.toTypedArray()).toEqual(expected(data, target));
    });
  });

  test("whole numbers that it can't hold are refused", ({ skip }) => {
    const { largestInteger = 2 ** 31 - 1 } = device();
    if (largestInteger === Number.MAX_SAFE_INTEGER) skip("it holds all");
    const x = held(Float64Array.of(1, largestInteger + 1), [2], "int64");
    expect(() => moveTo(x, device())).toThrow(/holds (int64 in 32 bits|whole numbers as floats)/);
  });

  test("bytes wrap at 256, in every op", async () => {
    const x = tensor([250, 1, 200], { dtype: "uint8", device: device() });
    expect(await x.add(10).toTypedArray()).toEqual(Uint8Array.of(4, 11, 210));
    expect(await x.mul(2).toTypedArray()).toEqual(Uint8Array.of(244, 2, 144));
    expect(await x.neg().toTypedArray()).toEqual(Uint8Array.of(6, 255, 56));
    expect(await x.sub(tensor([251, 2, 1], { dtype: "uint8", device: device() })).toTypedArray()).toEqual(
      Uint8Array.of(255, 255, 199),
    );
    expect(await x.sum().item()).toBe(451);
    expect(await tensor([256, -1, 511], { dtype: "int32", device: device() }).to("uint8").toTypedArray()).toEqual(
      Uint8Array.of(0, 255, 255),
    );
  });

  test("booleans are 0 and 1, however they were made", async () => {
    const x = tensor([2, 0, -3], { device: device() });
    expect(await x.to("bool").toTypedArray()).toEqual(Uint8Array.of(1, 0, 1));
    expect(await x.to("bool").toList()).toEqual([true, false, true]);
    expect(await x.gt(0).to("float32").sum().item()).toBe(1);
    expect(await x.to("bool").add(x.to("bool")).toTypedArray()).toEqual(Uint8Array.of(1, 0, 1));
  });

  test("empty tensors go through ops", async () => {
    const x = zeros([0, 3], { device: device() });
    expect((await x.add(1).exp().toTypedArray()).length).toBe(0);
    expect(await x.sum().item()).toBe(0);
    expect(await x.sum(0).toList()).toEqual([0, 0, 0]);
    expect((await x.matmul(zeros([3, 2], { device: device() })).toTypedArray()).length).toBe(0);
    expect(await zeros([2, 0], { device: device() }).matmul(x.reshape(0, 3)).toList()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  test("a gradient travels back", async () => {
    const x = tensor([1, 2, 3], { requiresGrad: true });
    const loss = moveTo(x, device()).square().sum();
    if (device().downloadSync === undefined) {
      expect(() => loss.backward()).toThrow("cannot be read without waiting");
      return;
    }
    loss.backward();
    expect(x.grad?.device).toBe(cpu);
    expect(await x.grad?.toList()).toEqual([2, 4, 6]);
  });

  test("comes here from another device, where that can be read at once", async () => {
    const x = tensor([1, 2, 3], { device: new RecordingDevice(device(), "other") }).add(1);
    if (device().downloadSync === undefined) {
      expect(() => x.to(device())).toThrow("the other device cannot be read without waiting");
      return;
    }
    const here = x.to(device());
    expect(here.device).toBe(device());
    expect(await here.toList()).toEqual([2, 3, 4]);
  });

  test("a change in place here is not seen there, nor the other way round", async () => {
    const here = tensor([1, 2, 3]);
    const there = device() === cpu ? here.clone() : moveTo(here, device());
    here.add_(1);
    there.mul_(10);
    expect(await here.toList()).toEqual([2, 3, 4]);
    expect(await there.toList()).toEqual([10, 20, 30]);
  });

  test("the data that was handed over is the caller's again", async () => {
    const data = Float32Array.of(1, 2, 3);
    const x = tensor(data, { device: device() });
    data.fill(9);
    expect(await x.toList()).toEqual([1, 2, 3]);
    const read = await x.toTypedArray();
    read.fill(7);
    expect(await x.add(0).toList()).toEqual([1, 2, 3]);
  });

  test("can be read without waiting, or says so", () => {
    const x = tensor([1.5], { device: device() });
    if (device().downloadSync !== undefined) expect(x.add(1).itemSync()).toBe(2.5);
    else expect(() => x.add(1).itemSync()).toThrow(`the ${device().name} device cannot be read without waiting`);
  });
}

/** What an element of one dtype is in another. */
function expected(data: TypedArray, target: DType): TypedArray {
  const out = allocate(target, data.length);
  return out.map((_, i) => {
    const value = data[i] as number;
    if (isFloat(target)) return castScalar(value, target);
    if (target === "bool") return value === 0 ? 0 : 1;
    // Typed arrays of integers wrap.
    return target === "int64" ? Math.trunc(value) + 0 : Math.trunc(value);
  });
}
