import { existsSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { DeviceError } from "@kindling/core";
import { AbsentDeviceError } from "../../absent-device.ts";
import { refuseCutShort } from "../../native/cut-short.node.ts";
import { bindingRuntime, PINNED } from "./binding-runtime.node.ts";
import { type FoundPackage, findPackage } from "./find-package.node.ts";
import { type PublicApi, publicRuntime } from "./public-runtime.ts";
import type { Runtime } from "./runtime.ts";

/**
 * The installed ONNX Runtime.
 *
 * @throws DeviceError when the package is missing, or ships no library that loads here.
 */
export function loadRuntime(
  threads: number = availableParallelism(),
  found: FoundPackage | null = findPackage(),
): Runtime {
  if (found === null) {
    throw new AbsentDeviceError(
      "onnx",
      `the onnx device needs the package onnxruntime-node@${PINNED}`,
      "it is not installed",
      `npm install --ignore-scripts onnxruntime-node@${PINNED}`,
    );
  }
  refuseCutShort("onnx", "onnxruntime-node", librariesOf(found));
  try {
    const own = bindingRuntime(found, threads);
    return own ?? publicRuntime(found.load("") as PublicApi, found.version, threads);
  } catch (cause) {
    throw notLoading(cause);
  }
}

/** Each version of Node-API has a folder of its own. */
function librariesOf({ folder }: FoundPackage): string[] {
  const bin = join(folder, "bin");
  const versions = existsSync(bin) ? readdirSync(bin) : [];
  return versions.map((version) => join(bin, version, process.platform, process.arch));
}

/** It ships no library for Macs with Intel's chips; elsewhere the C++ library of the system may be too old, or another one. */
function notLoading(cause: unknown): DeviceError {
  const { platform, arch } = process;
  const message = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
  // Other files of an installation may be missing too: that is another matter.
  const isAbsent = (cause as { code?: string }).code === "MODULE_NOT_FOUND" && /\.node\b/.test(String(message));
  const error = isAbsent
    ? new DeviceError("onnx", `onnxruntime-node ships no library for ${platform} on ${arch}`, "", 'Use "wasm".')
    : new DeviceError("onnx", "the library of onnxruntime-node does not load here", message, 'Use "wasm".');
  error.cause = cause;
  return error;
}
