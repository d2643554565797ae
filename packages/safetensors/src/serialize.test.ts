import { describe, expect, test } from "vitest";
import { deserialize, type Entry } from "./deserialize.ts";
import { serialize } from "./serialize.ts";

const entry = (name: string, data: number[] = [1]): Entry => ({
  name,
  dtype: "U8",
  shape: [data.length],
  data: Uint8Array.from(data),
});

test("a file, byte for byte", () => {
  const bytes = serialize([entry("b", [7]), entry("a", [5, 6])], { format: "pt" });
  const header =
    '{"__metadata__":{"format":"pt"},"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}';
  const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
  expect(new TextDecoder().decode(bytes.subarray(8, -3))).toBe(padded);
  expect([...bytes.subarray(0, 8)]).toEqual([padded.length, 0, 0, 0, 0, 0, 0, 0]);
  expect([...bytes.subarray(-3)]).toEqual([5, 6, 7]);
});

test("data begins at a multiple of 8, whatever the names", () => {
  for (let length = 0; length < 20; length++) {
    const { entries } = deserialize(serialize([entry("x".repeat(length))]));
    expect((entries[0]?.data.byteOffset ?? 1) % 8).toBe(0);
  }
});

describe("never writes what cannot be read", () => {
  test("a name twice", () => {
    expect(() => serialize([entry("a"), entry("a")])).toThrow("duplicate key `a`");
  });

  test("a shape that does not fit its data", () => {
    expect(() => serialize([{ ...entry("a"), shape: [2] }])).toThrow(
      "invalid shape, data type, or offset for tensor: `a` of dtype U8 and shape [2]",
    );
    expect(() => serialize([{ ...entry("a"), shape: [0.5, 2] }])).toThrow("floating point `0.5`");
  });

  test("names that no file can hold", () => {
    expect(() => serialize([entry("__metadata__")])).toThrow("a tensor cannot be named `__metadata__`");
    expect(() => serialize([entry("\ud800")])).toThrow("a name must be valid Unicode");
  });
});
