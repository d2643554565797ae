import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

// A process that loads a library which is cut short is killed (SIGBUS), so this takes a program of its own.

/** Core depends on one of the packages, this package on the others. */
const requires = ["./", "../../../core/"].map((place) => createRequire(new URL(place, import.meta.url)));
/** Packages without native libraries, as they are. */
const whole = ["core", "backend-cpu", "backend-wasm", "backend-webgl", "backend-webgpu"].map(
  (name) => `@tensorflow/tfjs-${name}`,
);
let folder = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kindling-all-cut-short-"));
  for (const name of ["onnxruntime-node", "webgpu"]) cutShort(install(name));
  fakeTensorflow();
  for (const name of whole) symlinkSync(installed(name), join(folder, "node_modules", name));
  await build({
    stdin: { contents: PROGRAM, resolveDir: import.meta.dirname, loader: "ts" },
    outfile: join(folder, "program.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["@kindling/source"],
    external: [...whole, "webgpu", "onnxruntime-node"],
    logLevel: "error",
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PROGRAM = `
import { setWarningSink } from "@kindling/core";
import { availableDevices, device } from "../index.ts";
const warnings: string[] = [];
setWarningSink((message) => warnings.push(message));
const { name } = await device("auto");
const details = Object.fromEntries((await availableDevices()).map(({ name, detail }) => [name, detail]));
console.log(JSON.stringify({ name, warnings, details }));
process.exit();
`;

function installed(name: string): string {
  const found = requires.flatMap((require) => {
    const folders = require.resolve.paths(name) ?? [];
    return folders.map((folder) => join(folder, name)).filter((folder) => existsSync(folder));
  });
  return realpathSync(found[0] as string);
}

/** A copy of an installed package. */
function install(name: string): string {
  const copy = join(folder, "node_modules", name);
  cpSync(installed(name), copy, {
    recursive: true,
    // What other platforms load takes long to copy.
    filter: (file) => !/^(?:darwin|win32)\b|^linux-(?!x64|arm64)/.test(basename(file)),
  });
  return copy;
}

/** An addon of which the header is there, which names more. */
function fakeTensorflow(): void {
  const copy = join(folder, "node_modules/@tensorflow/tfjs-node");
  mkdirSync(join(copy, "lib/napi-v8"), { recursive: true });
  writeFileSync(join(copy, "package.json"), JSON.stringify({ name: "@tensorflow/tfjs-node", version: "4.22.0" }));
  cpSync(join(folder, libraries("webgpu")[0] as string), join(copy, "lib/napi-v8/tfjs_binding.node"));
}

/** The native libraries for this platform and processor, by their paths in the folder. */
function libraries(name: string): string[] {
  const files = readdirSync(join(folder, "node_modules", name), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => /\.(?:node|so\.1)$/.test(file) && dirname(file).includes(process.arch))
    .map((file) => join("node_modules", name, file));
}

function cutShort(copy: string): void {
  for (const file of libraries(basename(copy))) truncateSync(join(folder, file), 100_000);
}

test.runIf(process.platform === "linux")(
  "where every native library is cut short, auto passes over each and says why",
  async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, "program.mjs")], { cwd: folder });
    const { name, warnings, details } = JSON.parse(stdout) as {
      readonly name: string;
      readonly warnings: readonly string[];
      readonly details: Readonly<Record<string, string>>;
    };
    expect(name).toBe("wasm");
    for (const native of ["onnx", "tensorflow", "webgpu"]) {
      expect(details[native]).toMatch(/the library \S+ is cut short/);
      expect(warnings).toContain(`device("auto") goes on without ${native}. ${details[native]}`);
    }
  },
  60_000,
);
