import { fromBuffer } from "@kindling/core";
import { expect, test } from "vitest";
import { OnnxDevice } from "./device.ts";
import { loadRuntime } from "./runtime/load-runtime.node.ts";

const device = new OnnxDevice(loadRuntime(1));

/** 2^18 numbers from -20 to 20. */
const x = Float32Array.from({ length: 2 ** 18 }, (_, i) => (i / 2 ** 18) * 40 - 20);
const given = fromBuffer(x, [x.length]).to(device);

test("tanh stays between -1 and 1", async () => {
  const beyond = (await given.tanh().toTypedArray()).filter((value) => Math.abs(value) > 1);
  expect(beyond.length).toBe(0);
});

test("sigmoid stays below 1, and keeps its digits where it is small", async () => {
  const found = await given.sigmoid().toTypedArray();
  const wrong = x.filter((value, i) => {
    const wanted = 1 / (1 + Math.exp(-value));
    const got = found[i] as number;
    return !(got <= 1) || Math.abs(got - wanted) > 1e-6 * wanted;
  });
  expect([...wrong]).toEqual([]);
});
