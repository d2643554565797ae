import { ValueError } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { readIdx } from "./read-idx.ts";

/** A file of the format; `body` is what comes after the dimensions. */
function idx(code: number, shape: readonly number[], body: readonly number[]): Uint8Array {
  const dims = shape.flatMap((size) => [size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255]);
  return Uint8Array.of(0, 0, code, shape.length, ...dims, ...body);
}

describe("every element type, big end first", () => {
  test.each([
    ["uint8", 0x08, [0, 255], Uint8Array.of(0, 255)],
    ["int8", 0x09, [1, 255], Int8Array.of(1, -1)],
    ["int16", 0x0b, [1, 2, 255, 254], Int16Array.of(258, -2)],
    ["int32", 0x0c, [0, 0, 1, 2, 255, 255, 255, 254], Int32Array.of(258, -2)],
    ["float32", 0x0d, [63, 128, 0, 0, 192, 32, 0, 0], Float32Array.of(1, -2.5)],
    ["float64", 0x0e, [63, 240, 0, 0, 0, 0, 0, 0, 192, 4, 0, 0, 0, 0, 0, 0], Float64Array.of(1, -2.5)],
  ] as const)("%s", (dtype, code, body, data) => {
    expect(readIdx(idx(code, [2], body))).toEqual({ dtype, shape: [2], data });
  });
});

test("one to five dimensions, none, and a size of zero", () => {
  for (const shape of [[4], [2, 2], [1, 2, 2], [2, 1, 2, 1], [1, 1, 1, 1, 4]]) {
    expect(readIdx(idx(8, shape, [1, 2, 3, 4]))).toEqual({ dtype: "uint8", shape, data: Uint8Array.of(1, 2, 3, 4) });
  }
  expect(readIdx(idx(8, [0, 28, 28], [])).shape).toEqual([0, 28, 28]);
});

test("bytes share the memory of the file, wherever it starts in its buffer", () => {
  const file = new Uint8Array([9, 9, 9, ...idx(8, [2], [5, 6])]).subarray(3);
  const { data } = readIdx(file);
  expect(data).toEqual(Uint8Array.of(5, 6));
  expect(data.buffer).toBe(file.buffer);
  expect(readIdx(new Uint8Array([9, ...idx(12, [1], [0, 0, 0, 7])]).subarray(1)).data).toEqual(Int32Array.of(7));
});

describe("anything else is an error that says what came", () => {
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  test.each([
    ["empty", new Uint8Array(0), "not an IDX file: an empty file"],
    ["an HTML page", text("<!DOCTYPE html>"), 'not an IDX file: a file that starts with "<!DOCTYPE ht"'],
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8), "not an IDX file: a file that starts with 1f 8b 08"],
    ["an unknown element type", idx(0x0a, [1], [1]), "not an IDX file: a file that starts with 00 00 0a 01 00"],
    ["no dimensions", idx(8, [], [1]), "not an IDX file: a file that starts with 00 00 08 00 01"],
    ["a cut header", idx(8, [2, 2, 2], []).subarray(0, 9), "the header of 3 dimensions is cut short: 9 bytes"],
    [
      "too few",
      idx(8, [9, 28, 28], [1]),
      "shape '[9, 28, 28]' is invalid for input of size 1: 17 bytes instead of 7072",
    ],
    ["too many", idx(8, [2], [1, 2, 3]), "shape '[2]' is invalid for input of size 3: 11 bytes instead of 10"],
    ["half an element", idx(11, [1], [1]), "shape '[1]' is invalid for input of size 0: 9 bytes instead of 10"],
    ["absurd sizes", idx(14, [2 ** 32 - 1, 2 ** 32 - 1], [1]), "shape '[4294967295, 4294967295]' is invalid for input"],
    ["sizes that wrap to 0", idx(8, Array(4).fill(65536), []), "shape '[65536, 65536, 65536, 65536]' is invalid"],
    [
      "nothing times too much",
      idx(
        8,
        Array(255)
          .fill(2 ** 32 - 1)
          .with(254, 0),
        [],
      ),
      "is invalid for input of size 0",
    ],
  ])("%s", (_name, file, message) => {
    expect(() => readIdx(file)).toThrow(ValueError);
    expect(() => readIdx(file)).toThrow(message);
  });

  test("with the way out", () => {
    expect(() => readIdx(new Uint8Array(0))).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: readIdx: not an IDX file: an empty file. The file is damaged or something else: fetch it again.]`,
    );
  });
});
