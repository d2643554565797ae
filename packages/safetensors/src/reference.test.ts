import { describe, expect, test } from "vitest";
import { deserialize } from "./deserialize.ts";
import { load, loadWithMetadata } from "./load.ts";
import golden from "./reference.golden.json" with { type: "json" };
import { SafetensorError } from "./safetensor-error.ts";
import { serialize } from "./serialize.ts";

interface ReferenceFile {
  name: string;
  base64: string;
  metadata: Record<string, string> | null;
  tensors: Record<string, { shape: number[]; values: (number | boolean | string)[] }>;
}

const files = golden.files as unknown as ReferenceFile[];
const bytesOf = ({ base64 }: { base64: string }): Uint8Array => new Uint8Array(Buffer.from(base64, "base64"));
const numbers = (values: (number | boolean | string)[]): number[] =>
  values.map((value) => (typeof value === "string" ? Number(value.replace("inf", "Infinity")) : Number(value)));

describe("files that Python wrote", () => {
  test.each(files.map((file) => [file.name, file] as const))("%s", (_, file) => {
    const { tensors, metadata } = loadWithMetadata(bytesOf(file));
    expect(metadata).toEqual(file.metadata);
    expect(Object.keys(tensors).sort()).toEqual(Object.keys(file.tensors).sort());
    for (const [name, { shape, values }] of Object.entries(file.tensors)) {
      const tensor = tensors[name];
      expect([name, tensor?.shape]).toEqual([name, shape]);
      expect([name, [...(tensor?.toTypedArraySync() ?? [])]]).toEqual([
        name,
        numbers(values).map(tensor?.dtype === "float32" ? Math.fround : Number),
      ]);
    }
  });

  test("dtypes, and what was lost", () => {
    const report = (name: string) =>
      loadWithMetadata(bytesOf(files.find((file) => file.name === name) as ReferenceFile)).conversions;
    expect(report("integers").map(({ name, from, to, lost }) => [name, from, to, lost])).toEqual([
      ["u64", "U64", "int64", null],
      ["u32", "U32", "int64", null],
      ["u16", "U16", "int32", null],
    ]);
    expect(report("floats").map(({ name, from, to, lost }) => [name, from, to, lost])).toEqual([
      ["e5m2fnuz", "F8_E5M2FNUZ", "float32", null],
      ["e4m3fnuz", "F8_E4M3FNUZ", "float32", null],
      ["e8m0", "F8_E8M0", "float32", null],
      ["e4m3", "F8_E4M3", "float32", null],
      ["e5m2", "F8_E5M2", "float32", null],
    ]);
  });

  test.each(files.map((file) => [file.name, file] as const))(
    "written again, they are the same bytes: %s",
    (_, file) => {
      const { entries, metadata } = deserialize(bytesOf(file));
      expect(Buffer.from(serialize(entries.toReversed(), metadata)).equals(Buffer.from(bytesOf(file)))).toBe(true);
    },
  );

  test("from anywhere in a buffer, of any kind", () => {
    const file = bytesOf(files.find(({ name }) => name === "integers") as ReferenceFile);
    const expected = load(file).i64?.toTypedArraySync();
    for (const offset of [1, 2, 3, 5]) {
      const shifted = new Uint8Array(file.length + offset + 3);
      shifted.set(file, offset);
      expect(load(shifted.subarray(offset, offset + file.length)).i64?.toTypedArraySync()).toEqual(expected);
    }
    expect(load(file.buffer as ArrayBuffer).i64?.toTypedArraySync()).toEqual(expected);
    expect(load(Buffer.concat([Buffer.from([0]), file]).subarray(1)).i64?.toTypedArraySync()).toEqual(expected);
  });

  test("tensors do not look into the file", () => {
    for (const copy of [(bytes: Uint8Array) => bytes, (bytes: Uint8Array) => Buffer.from(bytes)]) {
      const file = copy(bytesOf(files.find(({ name }) => name === "integers") as ReferenceFile));
      const { u8, bool } = load(file);
      file.fill(0);
      expect(u8?.toListSync()).toEqual([0, 1, 255]);
      expect(bool?.toListSync()).toEqual([
        [true, false],
        [false, true],
      ]);
    }
  });
});

describe("what Python refuses, with its words", () => {
  test.each(golden.refused.map((file) => [file.name, file] as const))("%s", (_, file) => {
    let error: unknown;
    try {
      load(bytesOf(file));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(SafetensorError);
    const [rule = ""] = file.error.split(": ");
    expect((error as SafetensorError).message).toContain(`safetensors: ${rule}`);
    expect((error as SafetensorError).message.length).toBeLessThan(500);
  });
});
