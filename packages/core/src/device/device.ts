import type { DType, TypedArray } from "../base/dtype.ts";
import type { Shape } from "../base/shape.ts";
import type { Bytes } from "./bytes.ts";
import type { AttributesOf, FusedKernel, InputsOf, KernelName } from "./kernels.ts";
import type { Handle, TensorSpec } from "./operand.ts";

export type { Handle, Operand, Operands, TensorSpec } from "./operand.ts";

export type Attribute = number | string | boolean | readonly number[] | readonly (readonly number[])[] | undefined;
export type Attributes = Readonly<Record<string, Attribute>>;

/** The memory of a device that keeps its elements in ordinary arrays, which JavaScript's collector sees. */
export interface HostMemory {
  /** The elements, row-major and in their dtype's array; nobody writes to it afterwards. */
  view(handle: Handle): TypedArray;
}

/** Facts about a device, beyond its one line. */
export interface DeviceFacts {
  /** The hardware or library that computes, as it names itself: a graphics card, `SwiftShader`, `TensorFlow 2.21.0`. */
  readonly adapter?: string;
  /** Threads that a kernel is spread over. */
  readonly threads?: number;
  /** Whether several numbers are computed by one instruction. */
  readonly simd?: boolean;
  /** Whether a graphics card really computes. */
  readonly gpu?: boolean;
  /** Its limits, by the name that its own documentation has: `{ maxBufferSize: 268435456 }`. */
  readonly limits?: Readonly<Record<string, number>>;
}

/**
 * Where tensors live and kernels run. `run` is the one seam through which everything computes; {@link Kernels} is its vocabulary. A device
 * may compute at once or later.
 */
export interface Device {
  /** `cpu`, `wasm`, `webgpu`, ... : what `tensor.device.name` says. */
  readonly name: string;
  /**
   * False where `+ - * /` may be some units off in the last place, or very small numbers become 0, as on GPUs. Elsewhere they are rounded
   * as IEEE 754 says.
   */
  readonly exact?: boolean;
  /** The dtypes that it has memory for. Absent: `bool`, `uint8`, `int32`, `float32`, and `int64` with 32 bits. */
  readonly dtypes?: ReadonlySet<DType>;
  /** Kernels that it computes in single precision only, where `dtypes` has `float64`: asked for that, they are refused. */
  readonly singleOnly?: ReadonlySet<KernelName>;
  /** The largest whole number that it holds exactly; `upload` refuses those beyond it. Absent: 2^31 - 1, as `int64` has 32 bits there. */
  readonly largestInteger?: number;
  /** Present where the elements lie in ordinary memory: views, rows and waiting steps over bytes are then made without copying or computing. */
  readonly host?: HostMemory;
  /** One line on what it runs on: `WebAssembly with SIMD on the CPU, 4 threads`. */
  readonly detail?: string;
  /** More facts, for people and reports. */
  readonly facts?: DeviceFacts;
  /** Whether it is slower than the cpu, as an emulated GPU is: `device("auto")` passes it over. */
  readonly isSlow?: boolean;
  /** Whether it is gone, as a GPU may be: `device(name)` starts another. */
  readonly isLost?: boolean;
  /** Whether tensors of other devices are taken over as they are where an op meets both: a device that records has them as constants. */
  readonly takesOthers?: boolean;
  /** Copies `data` (row-major, `numel(shape)` elements) to the device. Returns at once. */
  upload(data: TypedArray, shape: Shape, dtype: DType): Handle;
  /** Uploads floats given as bytes and the table that each byte is looked up in: one pass instead of two. */
  uploadThrough?(bytes: Bytes, table: Float32Array, shape: Shape): Handle;
  /** Reads back; the array is the caller's to keep and must not be changed. */
  download(handle: Handle): Promise<TypedArray>;
  /** Absent where the hardware cannot be read without waiting. */
  downloadSync?(handle: Handle): TypedArray;
  /** Whether `downloadSync` is no more than a copy, with nothing to wait for: indices that were computed there are then checked. */
  readonly readsAtOnce?: boolean;
  /** Whether it computes this kernel itself, on a first operand of this dtype. It is never asked for another that has a fallback; absent, for none. */
  has?(kernel: FusedKernel, dtype: DType): boolean;
  /** Runs one kernel; `outs` are the shapes and dtypes of its results, one handle for each. */
  run<K extends KernelName>(
    kernel: K,
    inputs: InputsOf<K>,
    attrs: AttributesOf<K>,
    outs: readonly TensorSpec[],
  ): Handle[];
  /** Gives memory back. Each handle is freed once. */
  free(handle: Handle): void;
  /** An optimizer step has ended: a device that computes later takes what was asked of it until now for one step. */
  mark?(): void;
  /**
   * The program holds this memory from step to step: an in-place op has put it in the place of `instead`, or an optimizer remembers it. A
   * device that computes later computes it together with what is asked for next.
   */
  keep?(handle: Handle, instead?: Handle): void;
}
