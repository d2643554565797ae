import { expect, test } from "vitest";
import { cpu, manualSeed, ones, randint, zeros } from "../index.ts";
import { RecordingDevice } from "../testing/recording-device.ts";

test("new tensors have the dtype and the device", () => {
  const device = new RecordingDevice(cpu, "other");
  const x = zeros([2], { dtype: "int64", device });
  for (const made of [
    x.newZeros(2, 3),
    x.newZeros([2, 3]),
    x.newOnes([2, 3]),
    x.newEmpty(2, 3),
    x.newFull([2, 3], 7),
  ]) {
    expect([made.shape, made.dtype, made.device]).toEqual([[2, 3], "int64", device]);
  }
  expect(x.newTensor([1, 2]).dtype).toBe("int64");
  expect(x.newFull([2], 7).toListSync()).toEqual([7, 7]);
});

test("unless the options say otherwise", () => {
  const x = zeros([2], { dtype: "int64" });
  expect(x.newZeros(2, { dtype: "float32" }).dtype).toBe("float32");
  expect(x.newOnes([2], { dtype: "bool" }).toListSync()).toEqual([true, true]);
  expect(() => x.newOnes([2], { dtyp: "bool" } as never)).toThrow("newOnes");
  expect(() => x.newZeros("2" as never)).toThrow("argument 'size' (position 2) must be tuple of ints");
});

test("randint counts from 0 where only one bound is given", () => {
  manualSeed(5);
  const both = randint(0, 62, [8]).toListSync();
  manualSeed(5);
  expect(randint(62, [8]).toListSync()).toEqual(both);
  manualSeed(5);
  expect(randint(62, [8], { dtype: "float32" }).int().toListSync()).toEqual(both);
});

test("names of sizes", () => {
  const x = ones([2, 3]);
  expect([x.dim(), x.nelement(), x.typeAs(ones([1], { dtype: "int64" })).dtype]).toEqual([2, 6, "int64"]);
});
