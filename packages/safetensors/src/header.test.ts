import { describe, expect, test } from "vitest";
import { deserialize } from "./deserialize.ts";

function file(header: string, data: Uint8Array = new Uint8Array()): Uint8Array {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

const four = new Uint8Array(4);

describe("messages say what came and the way out", () => {
  test("header", () => {
    expect(() => deserialize(new Uint8Array(3))).toThrowErrorMatchingInlineSnapshot(
      `[SafetensorError: safetensors: header too small: the file has 3 bytes, the header's length takes 8. The file is damaged, or no safetensors file: get it again.]`,
    );
    expect(() => deserialize(new Uint8Array(8).fill(255))).toThrowErrorMatchingInlineSnapshot(
      `[SafetensorError: safetensors: header too large: it would have 18446744073709552000 bytes, and 100000000 is the limit. The file is damaged, or no safetensors file: get it again.]`,
    );
    expect(() => deserialize(file("{}").subarray(0, 9))).toThrowErrorMatchingInlineSnapshot(
      `[SafetensorError: safetensors: invalid header length: it would have 2 bytes, but only 1 follow. The file is damaged, or no safetensors file: get it again.]`,
    );
    expect(() => deserialize(new TextEncoder().encode("<!DOCTYPE html><html>"))).toThrowErrorMatchingInlineSnapshot(
      `[SafetensorError: safetensors: header too large: it would have 5789751444030890000 bytes, and 100000000 is the limit. It begins like a web page, which a server sends in place of a file that it does not have, or asks to log in for: open its address in a browser.]`,
    );
  });

  test("JSON", () => {
    expect(() =>
      deserialize(file('{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}', four)),
    ).toThrowErrorMatchingInlineSnapshot(
      `[SafetensorError: safetensors: invalid JSON in header: invalid type: floating point \`1.0\`, expected usize at character 33. The file is damaged, or no safetensors file: get it again.]`,
    );
    expect(() =>
      deserialize(file('{"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}', four)),
    ).toThrowErrorMatchingInlineSnapshot(
      `[SafetensorError: safetensors: invalid JSON in header: unknown variant \`F33\` as dtype of \`a\`, expected one of BOOL, F4, F6_E2M3, F6_E3M2, U8, I8, F8_E5M2, F8_E4M3, F8_E8M0, F8_E4M3FNUZ, F8_E5M2FNUZ, I16, U16, F16, BF16, I32, U32, F32, C64, F64, I64, U64 at character 20. The file is damaged, or no safetensors file: get it again.]`,
    );
    expect(() => deserialize(file('{"a":{"dtype":"F32"}}'))).toThrowErrorMatchingInlineSnapshot(
      `[SafetensorError: safetensors: invalid JSON in header: missing field \`shape\` of \`a\` at character 21. The file is damaged, or no safetensors file: get it again.]`,
    );
    expect(() =>
      deserialize(file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}')),
    ).toThrowErrorMatchingInlineSnapshot(
      `[SafetensorError: safetensors: invalid JSON in header: invalid length 3, expected a tuple of size 2 as data_offsets of \`a\` at character 56. The file is damaged, or no safetensors file: get it again.]`,
    );
  });

  test("two tensors in one place", () => {
    const header =
      '{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}';
    expect(() => deserialize(file(header, four))).toThrow("invalid offset for tensor `b`");
  });

  test("tensors", () => {
    const overlap =
      '{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}';
    expect(() => deserialize(file(overlap, four))).toThrowErrorMatchingInlineSnapshot(
      `[SafetensorError: safetensors: invalid offset for tensor \`b\`: it takes bytes 2 to 4, and the one before it ends at 3. The file is damaged, or no safetensors file: get it again.]`,
    );
    expect(() =>
      deserialize(file('{"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,4]}}', four)),
    ).toThrowErrorMatchingInlineSnapshot(
      `[SafetensorError: safetensors: invalid shape, data type, or offset for tensor: \`a\` of dtype F32 and shape [1, 2] takes 8 bytes, and its offsets say 4. The file is damaged, or no safetensors file: get it again.]`,
    );
    expect(() =>
      deserialize(file('{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}', four)),
    ).toThrowErrorMatchingInlineSnapshot(
      `[SafetensorError: safetensors: incomplete metadata, file not fully covered: the tensors take 16 bytes and 4 follow the header: 12 are missing. The file was cut off: get it again.]`,
    );
    expect(() => deserialize(file("{}", four))).toThrowErrorMatchingInlineSnapshot(
      `[SafetensorError: safetensors: incomplete metadata, file not fully covered: the tensors take 0 bytes and 4 follow the header: 4 are left over. The file was damaged: get it again.]`,
    );
    expect(() =>
      deserialize(file('{"a":{"dtype":"F32","shape":[99999999999,99999999999],"data_offsets":[0,4]}}', four)),
    ).toThrowErrorMatchingInlineSnapshot(
      `[SafetensorError: safetensors: overflow computing buffer size from shape and/or element type: \`a\` of dtype F32 and shape [99999999999, 99999999999]. The file is damaged, or no safetensors file: get it again.]`,
    );
  });
});

test("a size that JavaScript cannot count to is refused even where there is nothing", () => {
  const header = '{"a":{"dtype":"U8","shape":[0,9007199254740993],"data_offsets":[0,0]}}';
  expect(() => deserialize(file(header))).toThrow("overflow computing buffer size from shape and/or element type");
});

describe("stricter than Python, as the format's description is", () => {
  const a = '"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}';
  test("a name may not stand twice", () => {
    expect(() => deserialize(file(`{${a},"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}`, four))).toThrow(
      "duplicate key `a`",
    );
    expect(() => deserialize(file(`{${a},"\\u0061":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}`, four))).toThrow(
      "duplicate key `a`",
    );
    expect(() => deserialize(file('{"__metadata__":{"x":"1","x":"2"}}'))).toThrow("duplicate key `x`");
  });

  test("a header begins with a brace", () => {
    expect(() => deserialize(file(" {}"))).toThrow("a header begins with `{`");
    expect(() => deserialize(file("\ufeff{}"))).toThrow("a header begins with `{`");
  });
});

describe("what is allowed", () => {
  test("spaces, unknown fields, any order, empty tensors, null metadata", () => {
    const header = `{ "b" : {"x":{"y":[1,{"z":null}],"t":true,"f":-1.5e3},"shape":[ 2 ],"dtype":"U8","data_offsets":[2,4]},
      "c":{"dtype":"F64","shape":[0,7],"data_offsets":[4,4]},"a":{"data_offsets":[0,2],"dtype":"U8","shape":[2]},"__metadata__":null}  `;
    const { entries, metadata } = deserialize(file(header, Uint8Array.of(1, 2, 3, 4)));
    expect(entries.map(({ name, data, shape }) => [name, [...data], shape])).toEqual([
      ["a", [1, 2], [2]],
      ["b", [3, 4], [2]],
      ["c", [], [0, 7]],
    ]);
    expect(metadata).toBe(null);
  });

  test("names that JavaScript treats specially", () => {
    const header =
      '{"__proto__":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"__metadata__":{"__proto__":"x","constructor":"y"}}';
    const { entries, metadata } = deserialize(file(header, four.subarray(2)));
    expect(entries.map(({ name }) => name)).toEqual(["__proto__"]);
    expect(Object.entries(metadata ?? {})).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
  });
});

describe("a hostile header costs no more than its own size", () => {
  test.each([
    ["arrays in arrays", `{"a":${"[".repeat(2e6)}`],
    ["objects in objects", `{"a":${'{"a":'.repeat(1e6)}`],
    ["in an unknown field", `{"a":{"b":${"[".repeat(2e6)}`],
    ["a name of megabytes", `{"${"a".repeat(5e6)}":1}`],
    ["a dtype of megabytes", `{"a":{"dtype":"${"F".repeat(5e6)}"}}`],
    ["a number of megabytes", `{"a":{"shape":[${"9".repeat(5e6)}]}}`],
    ["a shape of a million sizes", `{"a":{"dtype":"U8","shape":[${"1,".repeat(1e6)}1],"data_offsets":[0,2]}}`],
    ["a million escapes", `{"${"\\u0061".repeat(1e6)}":1}`],
    ["spaces", `{${" ".repeat(5e6)}`],
  ])("%s", { timeout: 30_000 }, (_, header) => {
    const bytes = file(header, four.subarray(2));
    const before = performance.now();
    let message = "";
    try {
      deserialize(bytes);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/^safetensors: /);
    expect(message.length).toBeLessThan(500);
    expect(performance.now() - before).toBeLessThan(20_000);
  });
});
