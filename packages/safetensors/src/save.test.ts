import { arange, type Tensor, tensor, zeros } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { deserialize } from "./deserialize.ts";
import { load } from "./load.ts";
import { save, saveSync } from "./save.ts";

const dtypes = (bytes: Uint8Array) => deserialize(bytes).entries.map(({ name, dtype }) => `${name} ${dtype}`);

describe("what is saved comes back", () => {
  const tensors = {
    "l1.weight": tensor([
      [1.5, -0],
      [Number.NaN, 3e38],
    ]),
    mask: tensor([true, false]),
    image: tensor(Uint8Array.of(0, 255)).reshape([2, 1]),
    labels: tensor([-(2 ** 53) + 1, -1, 2 ** 53 - 1], { dtype: "int64" }),
    codes: tensor(Int32Array.of(-(2 ** 31), -1, 2 ** 31 - 1)),
    short: tensor(Int16Array.of(-(2 ** 15), 2 ** 15 - 1)),
    char: tensor(Int8Array.of(-128, 127)),
    double: tensor(Float64Array.of(0.1, -0, Number.NaN, 1e300, 5e-324)),
    half: tensor([0.1, -0, Number.NaN, 65504, 2 ** -24, Number.NEGATIVE_INFINITY], { dtype: "float16" }),
    bfloat16: tensor([0.1, -0, Number.NaN, 3e38, 1e-40, Number.NEGATIVE_INFINITY], { dtype: "bfloat16" }),
    scalar: tensor(3),
    empty: zeros([0, 4]),
  };

  test.each([
    ["save", () => save(tensors)],
    ["saveSync", () => Promise.resolve(saveSync(tensors))],
  ])("%s", async (_, written) => {
    const back = load(await written());
    expect(Object.keys(back).sort()).toEqual(Object.keys(tensors).sort());
    for (const [name, { shape, dtype, toTypedArraySync }] of Object.entries<Tensor>(tensors)) {
      expect([name, back[name]?.shape, back[name]?.dtype]).toEqual([name, shape, dtype]);
      expect(back[name]?.toTypedArraySync()).toEqual(toTypedArraySync.call(tensors[name as keyof typeof tensors]));
    }
  });

  test("dtypes in the file, the widest first, then by name", async () => {
    expect(dtypes(await save(tensors))).toEqual([
      "labels I64",
      "double F64",
      "empty F32",
      "l1.weight F32",
      "scalar F32",
      "codes I32",
      "bfloat16 BF16",
      "half F16",
      "short I16",
      "char I8",
      "image U8",
      "mask BOOL",
    ]);
  });

  test("pending steps and views are read through", async () => {
    const pixels = tensor(Uint8Array.of(0, 255, 51, 102)).view(2, 2);
    const file = await save({ x: pixels.to("float32").div(255), y: arange(6).view(2, 3).t(), z: pixels.select(0, 1) });
    const { x, y, z } = load(file);
    expect(x?.toTypedArraySync()).toEqual(Float32Array.of(0, 1, 0.2, 0.4));
    expect(y?.toListSync()).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
    expect(z?.toListSync()).toEqual([51, 102]);
  });
});

test("metadata: PyTorch's mark, and what is given", async () => {
  expect(deserialize(await save({})).metadata).toEqual({ format: "pt" });
  expect(deserialize(await save({}, { metadata: { epoch: "3", format: "np" } })).metadata).toEqual({
    format: "np",
    epoch: "3",
  });
  await expect(save({}, { metadata: { epoch: 3 } as unknown as Record<string, string> })).rejects.toThrow(
    "metadata must be text: `epoch` is number",
  );
});

test("what is no tensor is refused", async () => {
  const mixed = { "param_groups.lr": 0.1 } as unknown as Record<string, Tensor>;
  await expect(save(mixed)).rejects.toThrow(
    "Key `param_groups.lr` is invalid, expected torch.Tensor but received number",
  );
});

test("one tensor under two names is refused, in PyTorch's words", async () => {
  const weight = zeros([2]);
  await expect(save({ embed: weight, head: weight })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[ValueError: save: Some tensors share memory, this will lead to duplicate memory on disk and potential differences when loading them again: [{'embed', 'head'}]. Leave one of them out, or save a copy: t.clone().]`,
  );
  expect(dtypes(await save({ embed: weight, head: weight.clone() }))).toHaveLength(2);
});

test("what is no dictionary of tensors", async () => {
  const net = { stateDict: () => ({}), namedParameters: () => [] };
  await expect(save(net as never)).rejects.toThrow(
    "save: Expected a dict of [str, torch.Tensor]: got an object. Pass net.stateDict().",
  );
  await expect(save(zeros([2]) as never)).rejects.toThrow("got a Tensor. Give it a name: { x: tensor }.");
  expect(() => saveSync(undefined as never)).toThrow("got nothing. Give tensors by name: net.stateDict()");
});
