import type { DeviceFacts, DType, Shape, TypedArray } from "@kindling/core";
import type { AttributesOf, InputsOf, KernelName } from "@kindling/core/device";
import { type Bytes, type Handle, lookUp, type TensorSpec, TfjsDevice } from "@kindling/core/device";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { GuardedMemory } from "./guarded-memory.ts";
import { kernelsOf } from "./kernels/kernels-of.ts";
import { lookUpInto } from "./look-up-into.ts";
import { overrides } from "./overrides/index.ts";
import type { StartedBackend } from "./starting/start-backend.ts";

/** The WebAssembly backend, with its overrides. */
export class WasmDevice extends TfjsDevice {
  readonly readsAtOnce = true;
  /** Threads that a kernel is spread over. */
  readonly threads: number;
  /** Whether several numbers are computed by one instruction. */
  readonly simd: boolean;
  override readonly detail: string;
  override readonly facts: DeviceFacts;
  readonly #memory = new GuardedMemory(this.backend as BackendWasm);

  constructor({ backend, threads, simd }: StartedBackend) {
    super("wasm", backend, "wasm", { overrides });
    this.threads = threads;
    this.simd = simd;
    this.facts = { threads, simd };
    this.detail = `WebAssembly ${simd ? "with" : "without"} SIMD on the CPU, ${threads === 1 ? "one thread" : `${threads} threads`}`;
  }

  override run<K extends KernelName>(
    kernel: K,
    inputs: InputsOf<K>,
    attrs: AttributesOf<K>,
    outs: readonly TensorSpec[],
  ): Handle[] {
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
