import {
  type Attributes,
  type Bytes,
  type Device,
  DeviceError,
  type DType,
  type Handle,
  lookUp,
  type Operands,
  type Shape,
  type TensorSpec,
  TfjsDevice,
  type TypedArray,
} from "@kindling/core";
import { type BackendWasm, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { findBackendFactory } from "@tensorflow/tfjs-core";
import { GuardedMemory } from "./guarded-memory.ts";
import { kernelsOf, startKernelsOf } from "./kernels/kernels-of.ts";
import { lookUpInto } from "./look-up-into.ts";
import { repairs } from "./repairs/index.ts";

export interface WasmOptions {
  /** Where the `.wasm` files are served: a folder's URL, or one URL a file. In Node they are found in the package. */
  readonly wasmPaths?: string | Readonly<Record<string, string>>;
}

/** The WebAssembly backend, with its repairs. */
class WasmDevice extends TfjsDevice {
  readonly #memory = new GuardedMemory(this.backend as BackendWasm);

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
 * @throws DeviceError when the `.wasm` files cannot be loaded.
 */
export function wasm(options: WasmOptions = {}): Promise<Device> {
  started ??= start(options).catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  return started;
}

async function start({ wasmPaths }: WasmOptions): Promise<Device> {
  if (wasmPaths !== undefined) setWasmPaths(wasmPaths as string | Record<string, string>);
  const factory = findBackendFactory("wasm");
  if (factory === null || factory === undefined) {
    throw new DeviceError(
      "wasm",
      "the backend did not register itself with @tensorflow/tfjs-core",
      "",
      "Are two versions of tfjs-core installed?",
    );
  }
  const device = new WasmDevice("wasm", await factory(), "wasm", { repairs });
  await startKernelsOf(device);
  return device;
}
