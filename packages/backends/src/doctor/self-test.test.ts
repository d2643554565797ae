import { cpu, type Device, memory, type TypedArray } from "@kindling/core";
import { RecordingDevice } from "@kindling/core/testing";
import { describe, expect, test } from "vitest";
import { selfTest } from "./self-test.ts";

/** A device that computes as the cpu does, but tells what `lie` makes of it. */
function lying(lie: (data: TypedArray) => TypedArray): Device {
  const device = new RecordingDevice(cpu, "liar");
  const { download } = device;
  device.download = async (handle) => lie((await download.call(device, handle)).slice());
  return device;
}

function failing(kernel: string, message: string): Device {
  const device = new RecordingDevice(cpu, "failing");
  const { run } = device;
  device.run = (name, ...rest) => {
    if (name === kernel) throw new Error(message);
    return run.call(device, name, ...rest);
  };
  return device;
}

describe("selfTest", () => {
  test("the cpu gives PyTorch's gradients", async () => {
    const { largestDifference, ...rest } = await selfTest(cpu);
    expect(rest).toEqual({ ok: true, against: "PyTorch", compared: 128, problem: null });
    expect(largestDifference).toBeLessThan(1e-5);
  });

  test("a device that computes as the cpu does agrees with it in every number", async () => {
    expect(await selfTest(new RecordingDevice(cpu, "other"))).toEqual({
      ok: true,
      against: "cpu",
      compared: 1368,
      largestDifference: 0,
      problem: null,
    });
  });

  test("a wrong number is named", async () => {
    const device = lying((data) => data.map((value, i) => (i === 3 ? value * 1.5 : value)));
    const { ok, largestDifference, problem } = await selfTest(device);
    expect(ok).toBe(false);
    expect(largestDifference).toBeGreaterThan(0.1);
    expect(problem).toMatch(/^the gradient of \S+ is \S+ on liar, and \S+ on cpu \(element 3\)$/);
  });

  test("half precision is not enough", async () => {
    const device = lying((data) => data.map((value) => Number(value.toPrecision(3))));
    expect((await selfTest(device)).ok).toBe(false);
  });

  test.each<[string, (data: TypedArray) => TypedArray]>([
    ["the loss is all zeros", (data) => data.fill(0)],
    ["the loss is NaN somewhere", (data) => data.fill(Number.NaN)],
    ["the loss has 0 elements, not 1", () => new Float32Array()],
  ])("%s", async (problem, lie) => {
    expect(await selfTest(lying(lie))).toMatchObject({ ok: false, largestDifference: null, problem });
  });

  test("what a device throws is the answer, and nothing of the test stays behind", async () => {
    const before = memory();
    const device = failing("conv2dWeight", "out of registers");
    expect(await selfTest(device)).toEqual({
      ok: false,
      against: "cpu",
      compared: 0,
      largestDifference: null,
      problem: "out of registers",
    });
    const refusing = new RecordingDevice(cpu, "refusing");
    refusing.download = () => Promise.reject(new Error("device lost"));
    expect((await selfTest(refusing)).problem).toBe("device lost");
    expect(memory()).toEqual(before);
  });
});
