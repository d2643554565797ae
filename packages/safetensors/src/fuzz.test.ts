import { expect, test } from "vitest";
import { load } from "./load.ts";
import golden from "./reference.golden.json" with { type: "json" };
import { SafetensorError } from "./safetensor-error.ts";
import { serialize } from "./serialize.ts";
import { mutations } from "./testing/mutations.ts";

const seeds = [
  ...golden.files
    .map(({ base64 }) => new Uint8Array(Buffer.from(base64, "base64")))
    .filter(({ length }) => length < 2000),
  serialize([{ name: "w", dtype: "F32", shape: [2, 2], data: new Uint8Array(16) }], { format: "pt" }),
  serialize([{ name: "c", dtype: "C64", shape: [2], data: new Uint8Array(16) }]),
];

test("whatever happens to the bytes, the only error is ours", { timeout: 60_000 }, () => {
  const met = new Map<string, number>();
  for (const bytes of mutations(seeds, 20_000, 20240229)) {
    let rule = "read";
    try {
      load(bytes, { overflow: "float64" });
    } catch (error) {
      if (!(error instanceof SafetensorError))
        throw new Error(`after ${Buffer.from(bytes).toString("base64")}`, { cause: error });
      rule = error.message.split(/: | for tensor|\. /)[1] ?? "";
    }
    met.set(rule, (met.get(rule) ?? 0) + 1);
  }
  // It went deep: files were read, and every kind of refusal was met.
  for (const rule of [
    "read",
    "header too small",
    "header too large",
    "invalid header length",
    "invalid UTF-8 in header",
    "invalid JSON in header",
    "incomplete metadata, file not fully covered",
    "invalid offset",
    "invalid shape, data type, or offset",
    "overflow computing buffer size from shape and/or element type",
    "dtype C64 has no counterpart in Kindling",
  ]) {
    expect([rule, (met.get(rule) ?? 0) > 20]).toEqual([rule, true]);
  }
});

test("every beginning of a file but the whole is refused", () => {
  for (const file of seeds) {
    for (let length = 0; length < file.length; length++)
      expect(() => load(file.subarray(0, length))).toThrow(SafetensorError);
  }
});
