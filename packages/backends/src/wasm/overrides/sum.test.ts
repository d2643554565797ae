import { arange, cpu, full, scope, type Tensor } from "@kindling/core";
import { expect, test } from "vitest";
import { wasm } from "../index.ts";

const device = await wasm();
const tenths = (...shape: number[]): Tensor => full(shape, 0.1, { device });

// PyTorch 2.15, which adds floats in blocks, is an ulp away, at 10000.001; float after float it would be 9998.557.
test.each<[string, () => Tensor]>([
  ["all", () => tenths(100_000).sum()],
  ["rows", () => tenths(2, 100_000).sum(1)],
  ["columns", () => tenths(100_000, 2).sum(0)],
  ["the first and the last of three", () => tenths(10, 2, 10_000).sum([0, 2])],
  ["the middle", () => tenths(2, 100_000, 3).sum(1)],
  ["a mean", () => tenths(100_000).mean().mul(100_000)],
  ["a running sum", () => tenths(100_000).cumsum(0).select(0, -1)],
])("a hundred thousand tenths: %s", async (_, of) => {
  const found = await scope(of).toTypedArray();
  expect(found).toEqual(found.map(() => 10_000));
});

test.each([
  [[0]],
  [[1]],
  [[2]],
  [[3]],
  [[0, 1]],
  [[0, 2]],
  [[1, 3]],
  [[0, 3]],
  [[1, 2]],
  [[0, 1, 3]],
  [[0, 2, 3]],
  [[0, 1, 2, 3]],
])("sums over %j are the cpu's", async (dims) => {
  const x = arange(3 * 5 * 2 * 7)
    .reshape(3, 5, 2, 7)
    .to("float32");
  for (const keepdim of [false, true]) {
    const [wanted, found] = [cpu, device].map((on) => x.to(on).sum(dims, { keepdim })) as [Tensor, Tensor];
    expect(found.shape).toEqual(wanted.shape);
    expect(await found.toTypedArray()).toEqual(await wanted.toTypedArray());
  }
});
