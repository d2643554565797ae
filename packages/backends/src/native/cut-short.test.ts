import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findCutShort, refuseCutShort } from "./cut-short.node.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kindling-cut-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A 64-bit ELF header whose table of sections ends at byte 128. */
function library(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  Buffer.from("7f454c460201", "hex").copy(bytes);
  bytes.writeBigUInt64LE(64n, 40);
  bytes.writeUInt16LE(64, 58);
  bytes.writeUInt16LE(1, 60);
  return bytes;
}

test("a library that is whole, and one that is cut short", () => {
  writeFileSync(join(folder, "libwhole.so.1"), library(128));
  expect(findCutShort(folder)).toBeUndefined();
  writeFileSync(join(folder, "libshort.so.1"), library(127));
  expect(findCutShort(folder)).toBe(join(folder, "libshort.so.1"));
});

test("a library without a table of sections ends with its last segment", () => {
  const stripped = (length: number): Buffer => {
    const bytes = library(length);
    bytes.writeBigUInt64LE(0n, 40);
    bytes.writeUInt16LE(0, 60);
    // Two segments, each of 56 bytes from byte 64: one to be loaded, from byte 176 to 200, and a note that ends nowhere.
    bytes.writeBigUInt64LE(64n, 32);
    bytes.writeUInt16LE(56, 54);
    bytes.writeUInt16LE(2, 56);
    bytes.writeUInt32LE(1, 64);
    bytes.writeBigUInt64LE(176n, 64 + 8);
    bytes.writeBigUInt64LE(24n, 64 + 32);
    bytes.writeUInt32LE(4, 120);
    bytes.writeBigUInt64LE(9999n, 120 + 8);
    return bytes;
  };
  writeFileSync(join(folder, "libwhole.so"), stripped(200));
  expect(findCutShort(folder)).toBeUndefined();
  writeFileSync(join(folder, "libshort.so"), stripped(199));
  expect(findCutShort(folder)).toBe(join(folder, "libshort.so"));
});

test("what is cut short is refused with the package to install again", () => {
  writeFileSync(join(folder, "addon.node"), library(100));
  const elsewhere = join(folder, "nowhere");
  expect(() => refuseCutShort("webgpu", "webgpu", [elsewhere])).not.toThrow();
  expect(() => refuseCutShort("webgpu", "webgpu", [elsewhere, folder])).toThrow(
    `webgpu: the library ${join(folder, "addon.node")} is cut short. Install webgpu again.`,
  );
});

test("folders with a library's name, links to nothing and folders that are not there are passed over", () => {
  mkdirSync(join(folder, "libfolder.so.1"));
  symlinkSync(join(folder, "nowhere"), join(folder, "liblink.so"));
  expect(findCutShort(folder)).toBeUndefined();
  expect(findCutShort(join(folder, "nowhere"))).toBeUndefined();
});
