import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { findCutShort } from "../../native/cut-short.node.ts";
import { OnnxDevice } from "../device.ts";
import { PINNED } from "./binding-runtime.node.ts";
import { type FoundPackage, findPackage } from "./find-package.node.ts";
import { loadRuntime } from "./load-runtime.node.ts";

/** A package whose files do not load. */
function broken(error: Error): FoundPackage {
  return {
    version: PINNED,
    folder: "/nowhere",
    load() {
      throw error;
    },
  };
}

const absent = Object.assign(new Error("Cannot find module '../bin/napi-v6/darwin/x64/onnxruntime_binding.node'"), {
  code: "MODULE_NOT_FOUND",
});

describe("loading ONNX Runtime", () => {
  test("says what to install", () => {
    expect(() => loadRuntime(1, null)).toThrowErrorMatchingInlineSnapshot(
      `[DeviceError: onnx: the onnx device needs the package onnxruntime-node@1.30.0: it is not installed. npm install --ignore-scripts onnxruntime-node@1.30.0]`,
    );
  });

  test("says where there is no library", () => {
    expect(() => loadRuntime(1, broken(absent))).toThrow(
      `onnx: onnxruntime-node ships no library for ${process.platform} on ${process.arch}. Use "wasm".`,
    );
  });

  test("says why a library does not load", () => {
    expect(() => loadRuntime(1, broken(new Error("libstdc++.so.6: version not found\n at ...")))).toThrow(
      'onnx: the library of onnxruntime-node does not load here: libstdc++.so.6: version not found. Use "wasm".',
    );
  });

  test("says what else is missing of an installation", () => {
    const gone = Object.assign(new Error("Cannot find module 'onnxruntime-common'\nRequire stack:"), {
      code: "MODULE_NOT_FOUND",
    });
    expect(() => loadRuntime(1, broken(gone))).toThrow(
      "onnx: the library of onnxruntime-node does not load here: Cannot find module 'onnxruntime-common'. Use \"wasm\".",
    );
  });

  test("another version is used through its public interface, and read with waiting only", async () => {
    const found = findPackage() as FoundPackage;
    const runtime = loadRuntime(1, { ...found, version: "1.99.0" });
    expect([runtime.name, runtime.isSync]).toEqual(["ONNX Runtime 1.99.0", false]);
    const other = new OnnxDevice(runtime);
    const { tensor } = await import("@kindling/core");
    const x = tensor([1, 2, 3], { device: other });
    expect(await x.mul(2).sum().item()).toBe(12);
    expect(await x.gt(1).toList()).toEqual([false, true, true]);
    expect(() => x.add(1).toTypedArraySync()).toThrow("cannot be read without waiting");
  });
});

test("is looked for from the package only, not in the folder that the program was started in", () => {
  const folder = mkdtempSync(join(tmpdir(), "kindling-onnx-"));
  const fake = join(folder, "node_modules", "onnxruntime-node");
  mkdirSync(fake, { recursive: true });
  writeFileSync(join(fake, "package.json"), JSON.stringify({ name: "onnxruntime-node", version: PINNED }));
  const elsewhere = mkdtempSync(join(tmpdir(), "kindling-onnx-"));
  const cwd = vi.spyOn(process, "cwd").mockReturnValue(folder);
  try {
    const found = findPackage(pathToFileURL(join(elsewhere, "program.js")).href);
    expect(found?.folder).not.toBe(realpathSync(fake));
    expect(findPackage(pathToFileURL(join(folder, "program.js")).href)?.folder).toBe(realpathSync(fake));
  } finally {
    cwd.mockRestore();
    for (const made of [folder, elsewhere]) rmSync(made, { recursive: true, force: true });
  }
});

test.runIf(process.platform === "linux").each(["napi-v3", "napi-v6"])(
  "a library that is cut short (%s) is not loaded: that would kill the process",
  (version) => {
    const found = findPackage() as FoundPackage;
    const whole = join(found.folder, "bin", "napi-v6", process.platform, process.arch);
    expect(findCutShort(whole)).toBeUndefined();
    const folder = mkdtempSync(join(tmpdir(), "kindling-onnx-"));
    try {
      const libraries = join(folder, "bin", version, process.platform, process.arch);
      mkdirSync(libraries, { recursive: true });
      const copy = join(libraries, "libonnxruntime.so.1");
      copyFileSync(join(whole, "libonnxruntime.so.1"), copy);
      truncateSync(copy, 1_000_000);
      expect(() => loadRuntime(1, { ...found, folder })).toThrow(
        `onnx: the library ${copy} is cut short. Install onnxruntime-node again.`,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
