import { build } from "esbuild";
import { describe, expect, test } from "vitest";

/** What esbuild makes of an entry for the browser: its text, and every module that went in or was left out. */
async function bundle(entry: string): Promise<{ text: string; imports: string[] }> {
  const result = await build({
    entryPoints: [new URL(entry, import.meta.url).pathname],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    conditions: ["@kindling/source"],
    external: ["vitest"],
    minify: true,
    logLevel: "silent",
  });
  const inputs = Object.values(result.metafile.inputs).flatMap((input) => input.imports);
  return {
    text: result.outputFiles.map((file) => file.text).join("\n"),
    // esbuild's own helpers are called so.
    imports: inputs.filter(({ external, path }) => external === true && path !== "<runtime>").map(({ path }) => path),
  };
}

describe("bundled for the browser", () => {
  test.each(["./index.ts", "./device.ts", "./extend.ts"])("%s holds nothing of Node's", async (entry) => {
    const { text, imports } = await bundle(entry);
    // What is left out of tfjs by its own `browser` field is disabled, not external.
    expect(imports).toEqual([]);
    expect(text).not.toMatch(/["'`]node:/);
    expect(text).not.toMatch(/\bimport\(["'](fs|path|worker_threads|perf_hooks)["']\)/);
  });

  test("a device needs no tensors", async () => {
    const { text } = await bundle("./device.ts");
    expect(text).not.toContain("kindling.Tensor");
  });

  test("the laws need vitest and nothing else", async () => {
    const { text, imports } = await bundle("./testing/index.ts");
    expect([...new Set(imports)]).toEqual(["vitest"]);
    expect(text).not.toMatch(/["'`]node:/);
  });

  test("core does not grow unnoticed", async () => {
    const { text } = await bundle("./index.ts");
    // Raise it in the commit that makes it larger for a reason. Two thirds of it are TensorFlow.js.
    expect(text.length).toBeLessThan(520_000);
  });
});
