import { tensor } from "@kindling/core";
import { describe, expect, test } from "vitest";
import type { FormatDType } from "./format-dtype.ts";
import { load, loadWithMetadata } from "./load.ts";
import { serialize } from "./serialize.ts";

function one(dtype: FormatDType, array: ArrayBufferView, length = (array as Uint8Array).length): Uint8Array {
  return serialize([{ name: "x", dtype, shape: [length], data: new Uint8Array(array.buffer) }]);
}

describe("integers beyond 2^53", () => {
  const i64 = one("I64", BigInt64Array.of(1n, 2n ** 53n, -(2n ** 53n) - 1n));

  test("are an error by default, with the tensor, the first of them, and the way out", () => {
    expect(() => load(i64)).toThrowErrorMatchingInlineSnapshot(
      `[SafetensorError: safetensors: dtype I64 of tensor \`x\` does not fit int64, which is exact up to 2^53 here: 2 of 3 values lie beyond 2^53, the first is 9007199254740992. Take them as floats, load(bytes, { overflow: "float64" }), or leave the tensor out: load(bytes, { names }).]`,
    );
    expect(() => load(one("U64", BigUint64Array.of(2n ** 64n - 1n)))).toThrow(
      "1 of 1 values lie beyond 2^53, the first is 18446744073709551615",
    );
    expect(() => load(one("I64", BigInt64Array.of(-(2n ** 53n))))).toThrow("the first is -9007199254740992");
  });

  test("can be taken as floats, which is said", () => {
    const { tensors, conversions } = loadWithMetadata(i64, { overflow: "float64" });
    expect(tensors.x?.toListSync()).toEqual([1, 2 ** 53, -(2 ** 53)]);
    expect(conversions).toEqual([
      {
        name: "x",
        from: "I64",
        to: "float64",
        lost: "2 of 3 values lie beyond 2^53: all became float64, 1 were rounded",
      },
    ]);
  });

  test("what fits stays int64 under that option, and so does what NaN becomes", () => {
    expect(load(one("I64", BigInt64Array.of(5n)), { overflow: "float64" }).x?.dtype).toBe("int64");
    const { x } = load(one("I64", BigInt64Array.of(2n ** 53n - 1n, -(2n ** 63n))));
    expect(String(x)).toBe("tensor([    9007199254740991, -9223372036854775808])");
  });

  test("U32 fits", () => {
    expect(load(one("U32", Uint32Array.of(2 ** 32 - 1))).x?.toListSync()).toEqual([2 ** 32 - 1]);
  });
});

test("a bool byte other than 0 and 1 is true", () => {
  const { x } = load(one("BOOL", Uint8Array.of(0, 1, 2, 255)));
  expect(x?.toListSync()).toEqual([false, true, true, true]);
  expect([...(x?.toTypedArraySync() ?? [])]).toEqual([0, 1, 1, 1]);
});

describe("dtypes that cannot be converted", () => {
  test.each(["C64", "F4", "F6_E2M3", "F6_E3M2"] as const)("%s", (dtype) => {
    const file = one(dtype, new Uint8Array(24), (24 * 8) / { C64: 64, F4: 4, F6_E2M3: 6, F6_E3M2: 6 }[dtype]);
    expect(() => load(file)).toThrow(`dtype ${dtype} has no counterpart in Kindling: tensor \`x\` has it.`);
    expect(load(file, { names: [] })).toEqual({});
  });
});

describe("names", () => {
  const file = serialize(["a", "b"].map((name) => ({ name, dtype: "U8", shape: [], data: Uint8Array.of(3) })));
  test("picks", () => {
    expect(Object.keys(load(file, { names: ["b"] }))).toEqual(["b"]);
  });

  test("a missing one is an error", () => {
    expect(() => load(file, { names: ["a", "c"] })).toThrowErrorMatchingInlineSnapshot(
      `[SafetensorError: safetensors: tensor \`c\` not found: the file holds a, b. Check the name.]`,
    );
  });
});

test("a scalar and an empty tensor keep their shapes", () => {
  const file = serialize([
    { name: "scalar", dtype: "F32", shape: [], data: new Uint8Array(Float32Array.of(2.5).buffer) },
    { name: "empty", dtype: "F32", shape: [3, 0], data: new Uint8Array() },
  ]);
  const { scalar, empty } = load(file);
  expect([scalar?.shape, scalar?.itemSync()]).toEqual([[], 2.5]);
  expect(empty?.shape).toEqual([3, 0]);
  expect(
    tensor([1])
      .add(scalar ?? 0)
      .itemSync(),
  ).toBe(3.5);
});

test("what is not bytes", () => {
  expect(() => load("model.safetensors" as never)).toThrow(
    'a file is read from its bytes: got "model.safetensors". A path is for loadFile(path) from "@kindling/safetensors/node"; in a page fetch the file and pass its bytes.',
  );
  expect(() => load(Promise.resolve() as never)).toThrow("got a Promise. Pass a Uint8Array or an ArrayBuffer.");
});
