import type { Device } from "@kindling/core";
import type { DeviceFacts } from "./device-facts.ts";
import type { OnnxDevice } from "./onnx/device.ts";
import type { TensorflowFacts } from "./tensorflow/device.ts";

/** What a device needs to be told; each adapter says which of it it takes. */
export interface DeviceOptions {
  /** Where the `.wasm` files are served: a folder's URL, or one URL a file. In Node they are found in the package. */
  readonly wasmPaths?: string | Readonly<Record<string, string>>;
  /** Threads of the onnx device, and of the tensorflow device on the CPU; all cores by default. */
  readonly threads?: number;
}

/** How a device is brought in on demand. */
export interface Adapter {
  readonly name: string;
  /** The npm package to install. */
  readonly packageName: string;
  /** How to get it, where that is not just `npm install`. */
  readonly install?: string;
  load(options: DeviceOptions): Promise<Device>;
  /** One line on what it runs on. */
  describe(device: Device): string | Promise<string>;
  /** What else is known of it, for `kindling devices`. */
  facts?(device: Device): DeviceFacts | Promise<DeviceFacts>;
  /** Whether `auto` says in a line why it does not start, where its package is installed. */
  readonly saysWhy?: boolean;
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
    packageName: "onnxruntime-node@1.30.0",
    saysWhy: true,
    load: async (options) => (await import("#onnx")).onnx(options),
    describe: (device) => (device as OnnxDevice).detail,
    facts(device) {
      const { name, threads } = (device as OnnxDevice).runtime;
      return { adapter: name, threads };
    },
  },
  {
    name: "tensorflow",
    packageName: "@tensorflow/tfjs-node@4.22.0",
    install:
      "npm install @tensorflow/tfjs-node@4.22.0 (with --ignore-scripts where that fails), then npx @kindling/tensorflow-from-wheel",
    load: async (options) => (await import("#tensorflow")).tensorflow(options),
    describe: (device) => (device as Device & TensorflowFacts).detail,
    facts(device) {
      const { version, usesGpu } = device as Device & TensorflowFacts;
      return { adapter: `TensorFlow ${version}`, gpu: usesGpu };
    },
  },
  {
    name: "webgpu",
    packageName: "@tensorflow/tfjs-backend-webgpu@4.22.0",
    load: async () => (await import("./webgpu/index.ts")).webgpu(),
    describe: describeGpu("WebGPU"),
    facts: gpuFacts,
    isSlow: (device) => onGpu(device).isSoftware,
  },
  {
    name: "wasm",
    packageName: "@tensorflow/tfjs-backend-wasm@4.22.0",
    load: async (options) => (await import("./wasm/index.ts")).wasm(options),
    describe: async () => (await import("./wasm/facts.ts")).describeWasm(),
    facts: async () => (await import("./wasm/facts.ts")).wasmFacts(),
  },
  {
    name: "webgl",
    packageName: "@tensorflow/tfjs-backend-webgl@4.22.0",
    load: async () => (await import("./webgl/index.ts")).webgl(),
    describe: describeGpu("WebGL"),
    facts: gpuFacts,
    isSlow: (device) => onGpu(device).isSoftware,
  },
];
