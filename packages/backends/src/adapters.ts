import type { Device } from "@kindling/core";

/** What a device needs to be told; each adapter says which of it it takes. */
export interface DeviceOptions {
  /** Where the `.wasm` files are served: a folder's URL, or one URL a file. In Node they are found in the package. */
  readonly wasmPaths?: string | Readonly<Record<string, string>>;
}

/** How a device is brought in on demand. */
export interface Adapter {
  readonly name: string;
  /** The npm package to install. */
  readonly packageName: string;
  load(options: DeviceOptions): Promise<Device>;
  /** One line on what it runs on. */
  describe(device: Device): string | Promise<string>;
}

/** Fastest first: `device("auto")` takes the first that starts. */
export const adapters: readonly Adapter[] = [
  {
    name: "wasm",
    packageName: "@tensorflow/tfjs-backend-wasm@4.22.0",
    load: async (options) => (await import("./wasm/index.ts")).wasm(options),
    describe: async () => (await import("./wasm/facts.ts")).describeWasm(),
  },
];
