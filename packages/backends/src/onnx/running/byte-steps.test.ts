import { fromBuffer, type Tensor } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { OnnxDevice } from "../device.ts";
import { loadRuntime } from "../runtime/load-runtime.node.ts";
import { stepsFor } from "./byte-steps.ts";

const BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** The floats that a chain of steps makes of the bytes, computed on the cpu. */
function tableOf(chain: (x: Tensor) => Tensor): Float32Array {
  return chain(fromBuffer(BYTES, [256]).to("float32")).toTypedArraySync() as Float32Array;
}

const normalize =
  (mean: number, std: number) =>
  (x: Tensor): Tensor =>
    x.div(255).sub(mean).div(std);

describe("the steps of a table", () => {
  test.each<[string, (x: Tensor) => Tensor, string]>([
    ["bytes as they are", (x) => x, ""],
    ["ToTensor", (x) => x.div(255), "Div"],
    ["a product", (x) => x.mul(0.5), "Div"],
    ["the notes' three steps", normalize(0.5, 0.5), "Div Sub"],
    ["MNIST's", normalize(0.1307, 0.3081), "Div Sub Div"],
    ["FashionMNIST's", normalize(0.286, 0.353), "Div Sub Div"],
  ])("%s", (_, chain, kinds) => {
    expect(stepsFor(tableOf(chain))?.kinds.join(" ")).toBe(kinds);
  });

  test("the notes' are a division and a subtraction, which no multiplication replaces", () => {
    const table = tableOf(normalize(0.5, 0.5));
    expect(stepsFor(table)?.numbers).toEqual([127.5, 1]);
    const multiplied = Array.from(BYTES, (byte) => Math.fround(Math.fround(byte * Math.fround(1 / 127.5)) - 1));
    expect(multiplied.filter((value, byte) => value !== table[byte]).length).toBe(111);
  });

  test.each<[string, Float32Array]>([
    ["a curve", Float32Array.from(BYTES, (byte) => (byte / 255) ** 2)],
    ["one float off", tableOf(normalize(0.5, 0.5)).with(77, 0.25)],
    ["NaN", new Float32Array(256).fill(Number.NaN)],
  ])("%s has none", (_, table) => {
    expect(stepsFor(table)).toBeNull();
  });
});

test("bytes arrive as the floats of the table, by steps and without", async () => {
  const device = new OnnxDevice(loadRuntime(1));
  for (const chain of [normalize(0.5, 0.5), normalize(0.1307, 0.3081), (x: Tensor) => x.mul(3).div(7).add(0.1)]) {
    const waiting = chain(fromBuffer(BYTES, [16, 16]).to("float32"));
    expect(await waiting.to(device).toTypedArray()).toEqual(tableOf(chain));
  }
});
