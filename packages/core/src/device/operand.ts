import type { DType } from "../base/dtype.ts";
import type { Shape } from "../base/shape.ts";

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

/** The inputs of some kernel: by their names, or a list where it takes one (`cat`). */
export type Operands = Readonly<Record<string, Operand>> | readonly Operand[];
