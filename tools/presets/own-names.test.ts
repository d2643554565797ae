import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "tsup";
import { afterAll, beforeAll, expect, test } from "vitest";
import type * as source from "../../packages/nn/src/index.ts";
import { preset } from "./tsup.ts";

let folder: string;
let built: typeof source;

// As `tsup` builds the package, with core in it, so that nothing has to be built before.
beforeAll(async () => {
  // Where core's own dependencies are found.
  folder = await mkdtemp(fileURLToPath(new URL("../../packages/core/node_modules/.nn-", import.meta.url)));
  const entry = { index: fileURLToPath(new URL("../../packages/nn/src/index.ts", import.meta.url)) };
  const options = preset([], {
    entry,
    outDir: folder,
    config: false,
    declarations: false,
    skipNodeModulesBundle: false,
    external: [/^node:/, /^@tensorflow\//],
    noExternal: [/^@kindling\//],
    esbuildOptions: (esbuild) => {
      esbuild.conditions = ["@kindling/source"];
    },
  });
  await build(options as Parameters<typeof build>[0]);
  built = await import(/* @vite-ignore */ pathToFileURL(join(folder, "index.js")).href);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("classes are called in the built package as they are exported", () => {
  const named = Object.entries(built).filter(([, value]) => typeof value === "function") as [
    string,
    { name: string },
  ][];
  expect(named.length).toBeGreaterThan(30);
  expect(named.map(([, value]) => value.name)).toEqual(named.map(([key]) => key));
});

test("no class is anonymous, so that terser's keep_classnames keeps its name", async () => {
  const code = await readFile(join(folder, "index.js"), "utf8");
  expect(code).toMatch(/^var Linear = class Linear extends Module/m);
  expect(code.match(/^var \w+ = class(?: extends| \{)/gm)).toBeNull();
});

test("modules print in the built package as PyTorch prints them", () => {
  const { Conv2d, Embedding, MaxPool2d, Sequential } = built;
  expect(String(new Sequential(new Embedding(2, 2), new Conv2d(1, 2, 3), new MaxPool2d(2)))).toBe(
    [
      "Sequential(",
      "  (0): Embedding(2, 2)",
      "  (1): Conv2d(1, 2, kernel_size=(3, 3), stride=(1, 1))",
      "  (2): MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)",
      ")",
    ].join("\n"),
  );
});
