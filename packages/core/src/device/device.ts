import type { DType, TypedArray } from "../base/dtype.ts";
import type { Shape } from "../base/shape.ts";
import type { Bytes } from "./bytes.ts";

/** Memory on a device. What is in it is the device's own business. */
export type Handle = object;

/** The shape and dtype of a result, stated before it is computed. */
export interface TensorSpec {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** An input of a kernel: memory, read as this shape and dtype. */
export interface Operand extends TensorSpec {
  readonly handle: Handle;
}

/** Inputs by the names that tfjs gives them (`{ a, b }`), or a list where it takes one (`Concat`). */
export type Operands = Readonly<Record<string, Operand>> | readonly Operand[];

export type Attribute = number | string | boolean | readonly number[] | readonly (readonly number[])[] | undefined;
export type Attributes = Readonly<Record<string, Attribute>>;

/**
 * Where tensors live and kernels run. `run` is the one seam through which everything computes: its vocabulary are
 * the kernel names and attributes of TensorFlow.js 4.22. A device may compute at once or later.
 *
 * Images are the exception, since PyTorch's lie otherwise. How a device keeps them inside is its own business; spoken of they are always
 * `[N, C, H, W]` and weights `[O, C / groups, kh, kw]`, with pairs (height, width) in the attributes:
 *
 * - `Conv2D` {x, filter}, `Conv2DBackpropInput` {dy, filter}, `Conv2DBackpropFilter` {x, dy}: `strides`, `pad` (both sides),
 *   `dilations`, `groups`
 * - `MaxPool` {x}, `MaxPoolGrad` {dy, input, output}, `MaxPoolWithArgmax` {x}: `filterSize`, `strides`, `pad` ([[top, bottom], [left, right]];
 *   it never wins). Of equals the first, row by row, is the largest; the places that `MaxPoolWithArgmax` gives as its second result are
 *   `row * W + column`.
 */
export interface Device {
  /** `cpu`, `wasm`, `webgpu`, ... : what `tensor.device.name` says. */
  readonly name: string;
  /**
   * False where `+ - * /` may be some units off in the last place, or very small numbers become 0, as on GPUs. Elsewhere they are rounded
   * as IEEE 754 says.
   */
  readonly exact?: boolean;
  /** Where the device keeps whole numbers as floats: the largest that are exact. Those beyond it are refused by `upload`. */
  readonly largestInteger?: number;
  /** Copies `data` (row-major, `numel(shape)` elements) to the device. Returns at once. */
  upload(data: TypedArray, shape: Shape, dtype: DType): Handle;
  /** Uploads floats given as bytes and the table that each byte is looked up in: one pass instead of two. */
  uploadThrough?(bytes: Bytes, table: Float32Array, shape: Shape): Handle;
  /** Reads back; the array is the caller's to keep and must not be changed. */
  download(handle: Handle): Promise<TypedArray>;
  /** Absent where the hardware cannot be read without waiting. */
  downloadSync?(handle: Handle): TypedArray;
  /** Runs one kernel; `outs` are the shapes and dtypes of its results, one handle for each. */
  run(kernel: string, inputs: Operands, attrs: Attributes, outs: readonly TensorSpec[]): Handle[];
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
