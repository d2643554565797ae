import { cpu, memory } from "@kindling/core";
import { RecordingDevice } from "@kindling/core/testing";
import { expect, test } from "vitest";
import { measureSpeed } from "./speed.ts";

/** A clock that goes on by so many milliseconds with every product that the device computes. */
function clocked(millisecondsOf: (rows: number) => number) {
  const device = new RecordingDevice(cpu, "other");
  const { run } = device;
  let time = 0;
  device.run = (name, inputs, attrs, outs) => {
    if (name === "matmul") time += millisecondsOf(outs[0]?.shape.at(-2) ?? 0);
    // The numbers do not matter here: only the clock sees how large they are.
    return run.call(device, name, inputs, attrs, outs);
  };
  return { device, now: () => time, time: () => time };
}

test("rate and step follow from the clock, and two seconds are kept", async () => {
  const { device, now, time } = clocked((rows) => (rows === 64 ? 4 : 100));
  const before = memory();
  const speed = await measureSpeed(device, { now });
  expect(speed.size).toBe(64);
  expect(speed.gflops).toBeCloseTo((2 * 64 ** 3) / 4 / 1e6, 6);
  expect(speed.stepMs).toBeGreaterThan(0);
  expect(time()).toBeLessThanOrEqual(2100);
  expect(memory()).toEqual(before);
});

test("a very slow device is measured by a product and a step, and no more", async () => {
  const { device, now } = clocked(() => 5000);
  const { size, gflops } = await measureSpeed(device, { now });
  expect(size).toBe(64);
  expect(gflops).toBeCloseTo((2 * 64 ** 3) / 5000 / 1e6, 9);
  expect(device.kernels.filter((kernel) => kernel === "matmul").length).toBeLessThan(15);
});
