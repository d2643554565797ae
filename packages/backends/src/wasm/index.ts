import {
  type Attributes,
  type Bytes,
  checkOptions,
  type Device,
  type DType,
  type Handle,
  lookUp,
  type Operands,
  type Shape,
  type TensorSpec,
  TfjsDevice,
  type TypedArray,
  ValueError,
} from "@kindling/core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { WasmPaths } from "./builds/find-build.ts";
import { GuardedMemory } from "./guarded-memory.ts";
import { kernelsOf, startKernelsOf } from "./kernels/kernels-of.ts";
import { loadBackend } from "./load-backend.ts";
import { lookUpInto } from "./look-up-into.ts";
import { repairs } from "./repairs/index.ts";
import { type StartedBackend, startBackend } from "./starting/start-backend.ts";

export interface WasmOptions {
  /** Where the `.wasm` files are served, if not from this package, which brings them: a folder's URL, or one URL a file; in Node a path too. */
  readonly wasmPaths?: WasmPaths;
  /** Threads in a page that is cross-origin isolated: half of the logical cores and at most 8, or fewer if given here. */
  readonly threads?: number;
}

/** The WebAssembly backend, with its repairs. */
export class WasmDevice extends TfjsDevice {
  /** Threads that a kernel is spread over. */
  readonly threads: number;
  /** Whether several numbers are computed by one instruction. */
  readonly simd: boolean;
  readonly #memory = new GuardedMemory(this.backend as BackendWasm);

  constructor({ backend, threads, simd }: StartedBackend) {
    super("wasm", backend, "wasm", { repairs });
    this.threads = threads;
    this.simd = simd;
  }

  override run(kernel: string, inputs: Operands, attrs: Attributes, outs: readonly TensorSpec[]): Handle[] {
    return this.#memory.during(kernel, () => super.run(kernel, inputs, attrs, outs));
  }

  override async download(handle: Handle): Promise<TypedArray> {
    try {
      return await super.download(handle);
    } catch (error) {
      throw this.#memory.explained("data", error);
    }
  }

  override upload(data: TypedArray, shape: Shape, dtype: DType): Handle {
    return this.#memory.during("to", () => super.upload(data, shape, dtype));
  }

  /** Looks bytes up straight into the backend's memory: the floats are written once and never copied. */
  override uploadThrough(bytes: Bytes, table: Float32Array, shape: Shape): Handle {
    return this.#memory.during("to", () => this.#lookUp(bytes, table, shape));
  }

  #lookUp(bytes: Bytes, table: Float32Array, shape: Shape): Handle {
    const backend = this.backend as BackendWasm;
    const spec = { shape, dtype: "float32" as const };
    if (bytes.length === 0) return super.uploadThrough(bytes, table, shape);
    const info = backend.makeOutput([...shape], "float32");
    const kernels = kernelsOf(this);
    if (kernels !== undefined) lookUpInto(this, kernels, info, bytes, table);
    else lookUp(bytes.together(), table, backend.typedArrayFromHeap(info) as Float32Array);
    return this.handleOf(info.dataId, spec);
  }
}

let started: Promise<Device> | undefined;

/**
 * The `wasm` device: TensorFlow.js kernels compiled to WebAssembly. One a program: later calls give the same.
 *
 * @throws DeviceError when the package is missing, or the `.wasm` files cannot be loaded.
 */
export async function wasm(options: WasmOptions = {}): Promise<Device> {
  checkOptions("wasm", options, ["wasmPaths", "threads"]);
  started ??= start(options).catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  return started;
}

async function start({ wasmPaths, threads }: WasmOptions): Promise<Device> {
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0)) {
    throw new ValueError("wasm", "threads must be a whole number above 0", `got ${threads}`);
  }
  const device = new WasmDevice(await startBackend(await loadBackend(), { wasmPaths, threads }));
  await startKernelsOf(device);
  return device;
}
