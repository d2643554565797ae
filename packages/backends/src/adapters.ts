import type { Device } from "@kindling/core";
import type { DeviceFacts } from "./device-facts.ts";
import type { OnnxDevice } from "./onnx/device.ts";
import type { TensorflowFacts } from "./tensorflow/device.ts";
import type { WasmPaths } from "./wasm/builds/find-build.ts";
import { describeWasm, wasmFacts } from "./wasm/facts.ts";
import type { WasmDevice } from "./wasm/wasm-device.ts";

/** What a device needs to be told; each adapter says which of it it takes. */
export interface DeviceOptions {
  /** Where the `.wasm` files are served, if not from this package, which brings them: a folder's URL, or one URL a file; in Node a path too. */
  readonly wasmPaths?: WasmPaths;
  /**
   * Threads of the onnx device, and of the tensorflow device on the CPU: all cores by default. At most this many of the wasm device, which
   * takes half of the logical cores in a page that is cross-origin isolated.
   */
  readonly threads?: number;
}

/** How a device is brought in on demand. */
export interface Adapter {
  readonly name: string;
  load(options: DeviceOptions): Promise<Device>;
  /** One line on what it runs on. */
  describe(device: Device): string | Promise<string>;
  /** What else is known of it, for `kindling devices`. */
  facts?(device: Device): DeviceFacts | Promise<DeviceFacts>;
  /** Whether `auto` passes it over: a GPU that a CPU plays is slower than a CPU. */
  isSlow?(device: Device): boolean;
}

/** What a device on a GPU knows about it. */
interface OnGpu {
  readonly adapter: string;
  readonly isSoftware: boolean;
  readonly limits?: Readonly<Record<string, number>>;
}

function onGpu(device: Device): OnGpu {
  return device as Device & OnGpu;
}

function gpuFacts(device: Device): DeviceFacts {
  const { adapter, isSoftware, limits } = onGpu(device);
  return { adapter, gpu: !isSoftware, ...(limits === undefined ? {} : { limits }) };
}

function describeGpu(api: string): (device: Device) => string {
  return (device) =>
    `${api} on ${onGpu(device).adapter}${onGpu(device).isSoftware ? ", emulated on the CPU: slow" : ""}`;
}

/** Fastest first: `device("auto")` takes the first that starts. */
export const adapters: readonly Adapter[] = [
  {
    name: "onnx",
    load: async (options) => (await import("#onnx")).onnx(options),
    describe: (device) => (device as OnnxDevice).detail,
    facts(device) {
      const { name, threads } = (device as OnnxDevice).runtime;
      return { adapter: name, threads };
    },
  },
  {
    name: "tensorflow",
    load: async (options) => (await import("#tensorflow")).tensorflow(options),
    describe: (device) => (device as Device & TensorflowFacts).detail,
    facts(device) {
      const { version, usesGpu } = device as Device & TensorflowFacts;
      return { adapter: `TensorFlow ${version}`, gpu: usesGpu };
    },
  },
  {
    name: "webgpu",
    load: async () => (await import("./webgpu/index.ts")).webgpu(),
    describe: describeGpu("WebGPU"),
    facts: gpuFacts,
    isSlow: (device) => onGpu(device).isSoftware,
  },
  {
    name: "wasm",
    load: async (options) => (await import("./wasm/index.ts")).wasm(options),
    describe: (device) => describeWasm(device as WasmDevice),
    facts: (device) => wasmFacts(device as WasmDevice),
  },
  {
    name: "webgl",
    load: async () => (await import("./webgl/index.ts")).webgl(),
    describe: describeGpu("WebGL"),
    facts: gpuFacts,
    isSlow: (device) => onGpu(device).isSoftware,
  },
];
