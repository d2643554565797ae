import { afterEach, expect, test } from "vitest";
import { cpu, fromBuffer, getDefaultDevice, ones, rand, setDefaultDevice, tensor, zerosLike } from "../index.ts";
import { RecordingDevice } from "../testing/recording-device.ts";

afterEach(() => setDefaultDevice(cpu));

test("new tensors go to the default device, unless they get a device", () => {
  expect(getDefaultDevice()).toBe(cpu);
  const other = new RecordingDevice(cpu, "other");
  const before = ones([2]);
  setDefaultDevice(other);
  expect(getDefaultDevice()).toBe(other);
  for (const x of [ones([2]), tensor([1]), rand([3])]) expect(x.device).toBe(other);
  for (const x of [ones([2], { device: cpu }), zerosLike(before), fromBuffer(new Float32Array(2), [2])]) {
    expect(x.device).toBe(cpu);
  }
});

test("is a device", () => {
  expect(() => setDefaultDevice("wasm" as never)).toThrow("a device is an object, not a name");
});
