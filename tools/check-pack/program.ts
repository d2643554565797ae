import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "esbuild";

export type Extension = "js" | "mjs" | "cjs" | "ts";

const programs = join(import.meta.dirname, "programs");

/** Writes `name`, a TypeScript file of `programs`, into `folder` as a file of the kind `extension`. */
export async function writeProgram(folder: string, name: string, extension: Extension): Promise<void> {
  await writeForm(folder, name, await readFile(join(programs, `${name}.ts`), "utf8"), extension);
}

/** Writes `code`, which is TypeScript, as `name.extension`. It imports its neighbours as `./other.ts`. */
export async function writeForm(folder: string, name: string, code: string, extension: Extension): Promise<void> {
  await writeFile(join(folder, `${name}.${extension}`), extension === "ts" ? code : await compiled(code, extension));
}

async function compiled(code: string, extension: "js" | "mjs" | "cjs"): Promise<string> {
  const format = extension === "cjs" ? "cjs" : "esm";
  const { code: script } = await transform(code, { loader: "ts", format, target: "es2022" });
  return script.replaceAll(/(["']\.\/[\w-]+)\.ts(["'])/g, `$1.${extension}$2`);
}

/** Copies a file of `programs` as it is. */
export async function copyProgram(folder: string, path: string, name: string = path): Promise<void> {
  await copyFile(join(programs, path), join(folder, name));
}

/** Copies the program of a worker that trains. */
export async function copyWorker(folder: string): Promise<void> {
  for (const file of ["worker.js", "unhandled.js"]) await copyProgram(folder, `worker/${file}`, file);
}
