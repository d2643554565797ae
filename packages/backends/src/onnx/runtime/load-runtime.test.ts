import { setWarningSink } from "@kindling/core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { adapters } from "../../adapters.ts";
import { device } from "../../device.ts";
import { OnnxDevice } from "../device.ts";
import { PINNED } from "./binding-runtime.node.ts";
import { type FoundPackage, findPackage } from "./find-package.node.ts";
import { loadRuntime } from "./load-runtime.node.ts";

/** A package whose files do not load. */
function broken(error: Error): FoundPackage {
  return {
    version: PINNED,
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
    expect(() => x.add(1).dataSync()).toThrow("cannot be read without waiting");
  });
});

describe("auto", () => {
  afterEach(() => vi.restoreAllMocks());

  test("goes on without one that is installed and does not load, and says so in a line", async () => {
    const said: string[] = [];
    const undo = setWarningSink((message) => said.push(message));
    const adapter = adapters.find(({ name }) => name === "onnx") as (typeof adapters)[number];
    vi.spyOn(adapter, "load").mockImplementation(async () => {
      loadRuntime(1, broken(absent));
      throw new Error("not reached");
    });
    const found = await device("auto");
    undo();
    expect(found.name).toBe("wasm");
    expect(said).toEqual([
      expect.stringMatching(/^device\("auto"\) goes on without onnx\. onnx: onnxruntime-node ships no library for /),
    ]);
  });
});
