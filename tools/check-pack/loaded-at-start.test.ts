import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadedAtStart } from "./loaded-at-start.ts";

test("static imports are followed, once each; dynamic ones are not", () => {
  const folder = mkdtempSync(join(tmpdir(), "kindling-chunks-"));
  try {
    mkdirSync(join(folder, "assets"));
    const write = (name: string, code: string) => writeFileSync(join(folder, "assets", name), code);
    write("main.js", 'import{a}from"./a.js";import"./b.js";const c=()=>import("./c.js");');
    write("a.js", 'export{b}from"./b.js";');
    write("b.js", "export const b=1;");
    write("c.js", "export const c=1;");
    expect([...loadedAtStart(folder, "assets/main.js").keys()]).toEqual([
      "assets/main.js",
      "assets/a.js",
      "assets/b.js",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
