import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cpu, deviceFromTfjs, fromTfjs, scope, tensor, toTfjs, zeros } from "../index.ts";

describe("tensors cross over", () => {
  let before = 0;
  beforeEach(() => {
    before = tf.memory().numTensors;
  });
  afterEach(() => expect(tf.memory().numTensors).toBe(before));

  test.each([
    ["float32", [1.5, -2, 0.1]],
    ["int32", [1, -2, 2147483647]],
    ["bool", [1, 0, 1]],
  ] as const)("%s, there and back", async (dtype, values) => {
    const x = tensor([...values], { dtype }).view(3, 1);
    const there = await toTfjs(x);
    expect([there.dtype, there.shape]).toEqual([dtype, [3, 1]]);
    const back = await fromTfjs(there);
    expect([back.dtype, back.shape, back.device]).toEqual([dtype, [3, 1], cpu]);
    expect(back.toListSync()).toEqual(x.toListSync());
    there.dispose();
  });

  test("bytes become int32, and what waits is computed", async () => {
    const there = await toTfjs(tensor([250, 3], { dtype: "uint8" }));
    expect([there.dtype, [...there.dataSync()]]).toEqual(["int32", [250, 3]]);
    const floats = await toTfjs(tensor([255, 0], { dtype: "uint8" }).div(255));
    expect([floats.dtype, [...floats.dataSync()]]).toEqual(["float32", [1, 0]]);
    tf.dispose([there, floats]);
  });

  test("scalars and empty ones", async () => {
    const [one, none] = [await toTfjs(tensor(3)), await toTfjs(zeros([0, 2]))];
    expect([one.shape, none.shape]).toEqual([[], [0, 2]]);
    expect((await fromTfjs(one)).itemSync()).toBe(3);
    expect((await fromTfjs(none)).shape).toEqual([0, 2]);
    tf.dispose([one, none]);
  });

  test("nothing is shared", async () => {
    const source = tf.tensor1d([1, 2]);
    const x = await fromTfjs(source);
    source.dispose();
    x.add_(1);
    expect(x.toListSync()).toEqual([2, 3]);
  });

  test("strings and complex numbers do not", async () => {
    const [words, complex] = [tf.tensor(["a"]), tf.complex([1], [2])];
    await expect(fromTfjs(words)).rejects.toThrow("fromTfjs: no dtype for 'string'. Convert it first");
    await expect(fromTfjs(complex)).rejects.toThrow("no dtype for 'complex64'");
    tf.dispose([words, complex]);
  });
});

describe("deviceFromTfjs", () => {
  test.each(["nowhere", "constructor", "__proto__"])("there is no backend called %s", async (name) => {
    await expect(deviceFromTfjs(name)).rejects.toThrow(`deviceFromTfjs: no tfjs backend '${name}' is registered`);
  });

  test("says what is registered", async () => {
    await expect(deviceFromTfjs("webgl")).rejects.toThrow(
      "deviceFromTfjs: no tfjs backend 'webgl' is registered: registered: cpu",
    );
  });

  test("leaves the program's own use of tfjs alone", async () => {
    const backend = tf.getBackend();
    const on = await deviceFromTfjs("cpu");
    const own = tf.tensor1d([1, 2, 3]);
    expect(scope(() => tensor([1, 2, 3], { device: on }).mul(2).toListSync())).toEqual([2, 4, 6]);
    const squared = tf.square(own);
    expect([...squared.dataSync()]).toEqual([1, 4, 9]);
    expect(tf.getBackend()).toBe(backend);
    tf.dispose([own, squared]);
  });
});
