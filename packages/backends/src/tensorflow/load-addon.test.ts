import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test, vi } from "vitest";
import { device } from "../device.ts";
import * as absent from "./absent.browser.ts";
import { findAddons, isBuiltForGpu } from "./find-addon.node.ts";
import { loadAddon } from "./load-addon.node.ts";

const folder = mkdtempSync(join(tmpdir(), "kindling-tensorflow-"));
const program = pathToFileURL(join(folder, "program.js")).href;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An installed package, with an addon for each of the Node-API versions named, made of `content`. */
function installed(name: string, versions: readonly number[] = [], content = "not a library"): string {
  const at = join(folder, "node_modules", "@tensorflow", name);
  rmSync(at, { recursive: true, force: true });
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, "package.json"), JSON.stringify({ name: `@tensorflow/${name}`, version: "4.22.0" }));
  for (const version of versions) {
    mkdirSync(join(at, "lib", `napi-v${version}`), { recursive: true });
    writeFileSync(join(at, "lib", `napi-v${version}`, "tfjs_binding.node"), content);
  }
  return at;
}

test("packages are looked for from this one only, not in the folder that the program was started in", () => {
  installed("tfjs-node", [8]);
  const cwd = vi.spyOn(process, "cwd").mockReturnValue(folder);
  expect(findAddons(pathToFileURL(join(tmpdir(), "kindling-elsewhere", "program.js")).href)).toEqual([]);
  cwd.mockRestore();
  rmSync(join(folder, "node_modules"), { recursive: true });
});

describe("where no package is installed", () => {
  test("one error says what to type", async () => {
    expect(findAddons(program)).toEqual([]);
    expect(() => loadAddon(undefined, [])).toThrow(
      /needs the package @tensorflow\/tfjs-node@4\.22\.0: it is not installed/,
    );
  });

  // Unless the tests run where one is installed.
  test.skipIf(findAddons().length > 0)("the device is missing", async () => {
    await expect(device("tensorflow")).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DeviceError: device: the tensorflow device needs the package @tensorflow/tfjs-node@4.22.0: it is not installed. npm install @tensorflow/tfjs-node@4.22.0 (with --ignore-scripts where that fails), then npx @kindling/tensorflow-from-wheel]`,
    );
  });
});

test("a package whose addon was never built names the tool", () => {
  const at = installed("tfjs-node");
  const found = findAddons(program);
  expect(found).toEqual([{ packageName: "@tensorflow/tfjs-node", folder: at, file: undefined }]);
  expect(() => loadAddon(undefined, found)).toThrowErrorMatchingInlineSnapshot(
    `[DeviceError: tensorflow: @tensorflow/tfjs-node is installed, but its addon (tfjs_binding.node) was never built. Build it on a current libtensorflow: npx @kindling/tensorflow-from-wheel.]`,
  );
});

test("an addon that does not load is one error, and the environment is as before", () => {
  installed("tfjs-node", [8]);
  const before = process.env.TF_NUM_INTRAOP_THREADS;
  expect(() => loadAddon(2, findAddons(program))).toThrow(
    /^tensorflow: the addon of @tensorflow\/tfjs-node does not load \(.*(file too short|invalid ELF header|not a mach-o|not a valid Win32)/,
  );
  expect(process.env.TF_NUM_INTRAOP_THREADS).toBe(before);
});

test("the package for GPUs comes first, the newest Node-API that this Node offers", () => {
  installed("tfjs-node", [3]);
  const gpu = installed("tfjs-node-gpu", [3, 8, 99]);
  const found = findAddons(program);
  expect(found.map(({ packageName }) => packageName)).toEqual(["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"]);
  expect(found[0]?.file).toBe(join(gpu, "lib", "napi-v8", "tfjs_binding.node"));
});

test("an addon of the package for GPUs, or one with CUDA's libraries beside it, is built for a GPU", () => {
  rmSync(join(folder, "node_modules"), { recursive: true, force: true });
  expect(isBuiltForGpu(findAddons(program))).toBe(false);
  const plain = installed("tfjs-node", [8]);
  expect(isBuiltForGpu(findAddons(program))).toBe(false);
  installed("tfjs-node-gpu");
  expect(isBuiltForGpu(findAddons(program))).toBe(false);
  installed("tfjs-node-gpu", [8]);
  expect(isBuiltForGpu(findAddons(program))).toBe(true);
  rmSync(join(folder, "node_modules/@tensorflow/tfjs-node-gpu"), { recursive: true });
  mkdirSync(join(plain, "deps/nvidia"), { recursive: true });
  expect(isBuiltForGpu(findAddons(program))).toBe(true);
  expect(absent.isBuiltForGpu()).toBe(false);
});

test("the first addon that loads serves", () => {
  installed("tfjs-node-gpu");
  installed("tfjs-node", [8]);
  const addon = join(folder, "addon.cjs");
  writeFileSync(addon, "module.exports = { loaded: true, level: process.env.TF_CPP_MIN_LOG_LEVEL };");
  const found = findAddons(program).map((one) => (one.file === undefined ? one : { ...one, file: addon }));
  expect(loadAddon(3, found)).toEqual({
    binding: { loaded: true, level: process.env.TF_CPP_MIN_LOG_LEVEL },
    packageName: "@tensorflow/tfjs-node",
    threads: 3,
  });
  expect(process.env.TF_CPP_MIN_LOG_LEVEL).toBe("2");
  expect(() => loadAddon(4, found)).toThrow("threads are counted off when libtensorflow is loaded");
});

test("a page has no TensorFlow", async () => {
  await expect(absent.tensorflow()).rejects.toThrowErrorMatchingInlineSnapshot(
    `[DeviceError: tensorflow: the tensorflow device runs in Node only. In a page: "webgpu" or "wasm".]`,
  );
});
