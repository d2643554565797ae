import type { DeviceFacts, DType, Shape } from "@kindling/core";
import { type Bytes, type FusedKernel, type Handle, type KernelName, lookUp } from "@kindling/core/device";
import { lowerings } from "@kindling/onnx/lowering";
import { LazyDevice } from "../lazy/lazy-device.ts";
import { stepsFor } from "./running/byte-steps.ts";
import { ExecutableCache } from "./running/executable-cache.ts";
import type { Runtime } from "./runtime/runtime.ts";

/** ONNX Runtime as the compiler of a lazy device: kernels are lowered to ONNX's operators. */
export class OnnxDevice extends LazyDevice {
  readonly name = "onnx";
  readonly exact = true;
  readonly largestInteger = Number.MAX_SAFE_INTEGER;
  readonly dtypes: ReadonlySet<DType> = new Set<DType>(["bool", "uint8", "int32", "int64", "float32", "float64"]);
  /** ONNX Runtime has these operators for `float32` alone. */
  readonly singleOnly: ReadonlySet<KernelName> = new Set(["atan", "conv2d", "conv2dInput", "conv2dWeight", "erf"]);
  readonly runtime: Runtime;
  readonly executables: ExecutableCache;

  constructor(runtime: Runtime) {
    const executables = new ExecutableCache(runtime);
    super(executables);
    this.runtime = runtime;
    this.executables = executables;
  }

  /** One line on what it runs on. */
  get detail(): string {
    const { name, threads, isSync } = this.runtime;
    return `${name} on the CPU, ${threads} thread${threads === 1 ? "" : "s"}${isSync ? "" : ", read with waiting only"}`;
  }

  get facts(): DeviceFacts {
    const { name, threads } = this.runtime;
    return { adapter: name, threads };
  }

  has(kernel: FusedKernel): boolean {
    return lowerings[kernel] !== undefined;
  }

  uploadThrough(bytes: Bytes, table: Float32Array, shape: Shape): Handle {
    const steps = stepsFor(table);
    if (steps === null || bytes.length <= 1) {
      return this.uploadInto(shape, "float32", (floats) => lookUp(bytes.together(), table, floats as Float32Array));
    }
    const raw = this.uploadInto(shape, "uint8", (memory) => bytes.copyTo(memory as Uint8Array));
    const attrs = { kinds: steps.kinds.join(" "), numbers: steps.numbers };
    const operand = { handle: raw, shape, dtype: "uint8" as const };
    const out = this.record("AffineBytes", { x: operand }, attrs, [{ shape, dtype: "float32" }]);
    this.free(raw);
    return out[0] as Handle;
  }
}
