import { allocate, type DType, type TypedArray } from "../../../base/dtype.ts";
import { numel, type Shape } from "../../../base/shape.ts";
import type { TensorSpec } from "../../../device/device.ts";
import type { AttributesOf, BasicKernel, EachInput } from "../../../device/kernels.ts";

/** An operand as it lies in ordinary memory, row-major. */
export interface Elements {
  readonly data: TypedArray;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A kernel over arrays of any dtype; one array, of the dtype that `outs` states, for each result. */
export type ArrayKernel<K extends BasicKernel> = (
  inputs: EachInput<K, Elements>,
  attrs: AttributesOf<K>,
  outs: readonly TensorSpec[],
) => TypedArray[];

/** Zeros for a result. */
export function room(out: TensorSpec | undefined): TypedArray {
  const { dtype, shape } = out as TensorSpec;
  return allocate(dtype, numel(shape));
}
