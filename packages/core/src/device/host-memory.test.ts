import { describe, expect, test } from "vitest";
import { cpu } from "../devices/cpu/cpu.ts";
import { type Device, fromBuffer, memory, stack, tensor } from "../index.ts";
import { leakGuard } from "../testing/leak-guard.ts";
import { RecordingDevice } from "../testing/recording-device.ts";
import type { Handle, HostMemory } from "./device.ts";

/** A device of somebody else whose elements are in ordinary memory. */
class OtherDevice extends RecordingDevice implements Device {
  readonly host: HostMemory = { view: (handle: Handle) => cpu.downloadSync?.(handle) as Float32Array };
}

const other = new OtherDevice(cpu, "other");

const bytes = fromBuffer(
  Uint8Array.from({ length: 12 }, (_, i) => i * 20),
  [3, 4],
);

describe("a device with its elements in ordinary memory", () => {
  leakGuard();

  test("takes bytes over, converts them late and takes rows of them, without a kernel or an upload", () => {
    const device = new OtherDevice(cpu, "other");
    const x = bytes.to(device);
    const rows = x.indexSelect(0, tensor([2, 0], { dtype: "int32" }).to(device));
    const samples = stack([rows.select(0, 0), rows.select(0, 1)]);
    const y = samples.to("float32").div(10).sub(1);
    expect(y.device).toBe(device);
    expect(y.toListSync()).toEqual([
      [15, 17, 19, 21],
      [-1, 1, 3, 5],
    ]);
    expect([device.kernels, device.uploads, device.reads]).toEqual([[], 0, 0]);
  });

  test("views its results without a copy", () => {
    const x = tensor([1, 2, 3, 4]).to(other);
    const sum = x.add(1);
    expect(sum.narrow(0, 1, 2).toListSync()).toEqual([3, 4]);
    expect(other.kernels).toEqual(["add"]);
    expect(other.reads).toBe(0);
    sum.dispose();
  });

  test("counts no memory for what ordinary arrays hold already", () => {
    const before = memory().tensors;
    const x = tensor([1, 2]).to(other);
    const y = x.mul(x);
    expect(memory().tensors).toBe(before + 1);
    y.dispose();
  });

  test("mixes with scalars of the cpu, and the other way round", () => {
    const far = new RecordingDevice(cpu, "far");
    expect(tensor([1, 2]).to(other).add(tensor(1)).device).toBe(other);
    expect(tensor([1, 2]).to(far).add(tensor(1).to(other)).device).toBe(far);
    expect(tensor(1).to(other).add(tensor(2)).itemSync()).toBe(3);
    expect(() =>
      tensor([1])
        .to(other)
        .add(tensor([2])),
    ).toThrow("found at least two devices, other and cpu!");
  });

  test("prints its name", () => {
    expect(String(tensor([1, 2]).to(other))).toBe("tensor([1., 2.], device='other')");
  });
});
