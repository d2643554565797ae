import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { load } from "./load.ts";
import { loadFile } from "./load-file.node.ts";
import { SafetensorError } from "./safetensor-error.ts";
import { save } from "./save.ts";

const folder = mkdtempSync(join(tmpdir(), "kindling-other-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const bytes = (...values: number[]): Uint8Array => Uint8Array.from([...values, ...new Array<number>(64).fill(7)]);

describe("in place of weights", () => {
  test.each([
    ["a page", text("<!DOCTYPE html>\n<html><title>404</title></html>"), "like a web page"],
    ["a page without a doctype", text("\n  <html lang=en><body>Sign in</body></html>"), "like a web page"],
    ["an error of a bucket", text('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'), "like a web page"],
    [
      "a pointer of Git LFS",
      text("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n"),
      "git lfs pull",
    ],
    ["a server's message", text('{"error":"Repository not found"}'), "like JSON"],
    ["what torch.save writes", bytes(0x50, 0x4b, 3, 4), "safetensors.torch.save_file"],
    ["what it wrote before 1.6", bytes(0x80, 2, 0x8a, 0x0a), "safetensors.torch.save_file"],
    ["a compressed file", bytes(0x1f, 0x8b, 8, 0), "decompress"],
    ["an array of NumPy's", bytes(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59), "safetensors.numpy"],
    ["a GGUF file", bytes(0x47, 0x47, 0x55, 0x46, 3, 0, 0, 0), "GGUF"],
  ])("%s is told by name, from memory and from disk", async (name, content, said) => {
    expect(() => load(content)).toThrow(SafetensorError);
    expect(() => load(content)).toThrow(said);
    const path = join(folder, `${name.replaceAll(" ", "-").replaceAll("'", "")}.safetensors`);
    writeFileSync(path, content);
    await expect(loadFile(path)).rejects.toThrow(said);
  });

  test("a damaged safetensors file is none of them", async () => {
    const damaged = (await save({})).subarray(0, 9);
    expect(() => load(damaged)).toThrow("The file is damaged, or no safetensors file: get it again.");
  });
});
