import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A fault that stopped users once, put into a packed package: the cells that are there to find it must fail. */
export interface Fault {
  readonly name: string;
  /** The packages whose tarballs have it. */
  readonly packages: readonly string[];
  /** The cell that finds it. */
  readonly cell: string;
  /** Changes an unpacked package, in `folder`. */
  inject(folder: string): Promise<void>;
}

/** Appends to the file of a package. */
const appending =
  (path: string, text: string): Fault["inject"] =>
  async (folder) => {
    const file = join(folder, path);
    await writeFile(file, `${await readFile(file, "utf8")}\n${text}\n`);
  };

/** Rewrites every file under `under` that has `from`, and fails where none has it: the fault would not be there. */
const replacing =
  (under: string, from: string | RegExp, to: string): Fault["inject"] =>
  async (folder) => {
    let found = false;
    for (const path of await readdir(join(folder, under), { recursive: true })) {
      const file = join(folder, under, path);
      const text = await readFile(file, "utf8").catch(() => "");
      const changed = text.replace(from, to);
      if (changed === text) continue;
      found = true;
      await writeFile(file, changed);
    }
    if (!found) throw new Error(`nothing under ${under} has ${from}`);
  };

const removing =
  (path: string): Fault["inject"] =>
  (folder) =>
    rm(join(folder, path));

const rejects = (path: string): Fault["inject"] =>
  appending(path, 'globalThis.WorkerGlobalScope && Promise.reject(new Error("nobody handles it"));');

/** Every kind of cell has faults here; README.md's table says the same in words. */
export const FAULTS: readonly Fault[] = [
  {
    name: "a file that `files` does not list",
    packages: ["@kindling/optim"],
    cell: "@kindling/optim: publint",
    inject: removing("dist/index.d.ts"),
  },
  {
    name: "an example of a README with a wrong value",
    packages: ["@kindling/metrics"],
    cell: "@kindling/metrics: publint",
    inject: replacing("", /\/\/ => .*/, "// => 12345"),
  },
  {
    name: "a built-in module of Node in what pages load",
    packages: ["@kindling/optim"],
    cell: "@kindling/optim: publint",
    inject: appending("dist/index.js", 'import "node:fs";'),
  },
  {
    name: "a dependency that is not declared",
    packages: ["@kindling/data"],
    cell: "this node: @kindling/data alone",
    inject: appending("dist/index.js", 'import "undeclared-dependency";'),
  },
  {
    name: "a top-level await",
    packages: ["@kindling/data"],
    cell: "this node: @kindling/data alone",
    inject: appending("dist/index.js", "await Promise.resolve();"),
  },
  {
    name: "a warning at import",
    packages: ["@kindling/data"],
    cell: "this node: @kindling/data alone",
    inject: appending("dist/index.js", 'console.warn("advice");'),
  },
  {
    name: "the environment read at import",
    packages: ["@kindling/tqdm"],
    cell: "deno 2.9.6: @kindling/tqdm alone",
    inject: appending("dist/index.js", "globalThis.process?.env.TERM;"),
  },
  {
    name: "numbers that depend on the engine",
    packages: ["@kindling/nn"],
    cell: "bun 1.4.5: a training by import",
    inject: replacing("dist", "Math.sqrt(fan)", "Math.sqrt(globalThis.Bun ? fan + 1 : fan)"),
  },
  {
    name: "an optional property under an index of numbers",
    packages: ["@kindling/trainer"],
    cell: "typescript 5.9, plain strict, skipLibCheck false",
    inject: replacing("dist", "readonly [metric: string]: number | undefined;", "readonly [metric: string]: number;"),
  },
  {
    name: "a well-known symbol that nobody declares",
    packages: ["@kindling/core", "@kindling/tqdm"],
    cell: "typescript 7.0, plain strict, skipLibCheck false",
    inject: replacing("dist", /readonly dispose: unique symbol;/, ""),
  },
  {
    name: "a generic typed array, which TypeScript 5.5 does not know",
    packages: ["@kindling/core"],
    cell: "typescript 5.5, plain strict, skipLibCheck false",
    inject: appending("dist/index.d.ts", "export declare const generic: Uint8Array<ArrayBuffer>;"),
  },
  {
    name: "a static import of an optional peer",
    packages: ["@kindling/backends"],
    cell: "esbuild, no peer installed, minified: a page on device(name)",
    inject: appending(
      "dist/index.js",
      'import { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";\nexport { MathBackendWebGL };',
    ),
  },
  {
    name: "a rejection that nobody handles",
    packages: ["@kindling/backends"],
    cell: "vite 8, all peers installed, keepNames: a training worker on wasm",
    inject: rejects("dist/wasm/index.js"),
  },
  {
    name: "a .wasm file that is not found",
    packages: ["@kindling/backends"],
    cell: "vite 8, only wasm's peer installed, minified: a training worker on wasm",
    inject: replacing(
      "dist",
      /import\("\.\.\/\.\.\/tfjs-backend-wasm[^"]*"\)/g,
      'import(/* @vite-ignore */ new URL("./nowhere.js", import.meta.url).href)',
    ),
  },
  {
    name: "a thread script made of a function's text",
    packages: ["@kindling/backends"],
    cell: "vite 8, all peers installed, minified: a training worker on wasm",
    inject: replacing("dist", /script = threadScript/, "script = '(' + String(startThreaded) + ')()'"),
  },
  {
    name: "a worker's script looked for beside a module that was moved",
    packages: ["@kindling/backends"],
    cell: "vite 8's development server, all peers installed: a training worker on wasm",
    inject: replacing(
      "dist",
      /URL\.createObjectURL\(new Blob\(\[script\][^;]*;/,
      'String(new URL("./thread-script.js", import.meta.url));',
    ),
  },
  {
    name: "names that a minifier changes",
    packages: ["@kindling/nn"],
    cell: "webpack 5, all peers installed, keepNames: a page on device(name)",
    inject: replacing("dist", /^var Linear = class Linear extends/m, "var Linear = class extends"),
  },
  {
    name: "a side effect at import",
    packages: ["@kindling/nn"],
    cell: "size of core, nn and one layer, bundled with esbuild",
    inject: async (folder) => {
      await replacing("", /"sideEffects": (false|\[[^\]]*\])/, '"sideEffects": true')(folder);
      await appending("dist/index.js", `globalThis.kept = ${JSON.stringify(randomText(60_000))};`)(folder);
    },
  },
  {
    name: "a backend that is exported with everything else",
    packages: ["@kindling/backends"],
    cell: "size of a training worker on wasm, bundled with esbuild",
    inject: appending(
      "dist/wasm/index.js",
      'import * as all from "@tensorflow/tfjs-backend-webgl";\nglobalThis.all = all;',
    ),
  },
  {
    name: "a template that imports what it does not depend on",
    packages: ["create-kindling"],
    cell: "npm create kindling: every template, compiled",
    inject: replacing("templates/node-train/src", /^import /m, 'import "undeclared-dependency";\nimport '),
  },
];

/** Text that does not compress. */
function randomText(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return String.fromCharCode(33 + ((state >>> 25) % 90));
  }).join("");
}
