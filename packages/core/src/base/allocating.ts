import { bytesPerElement, type DType } from "./dtype.ts";
import { KindlingError } from "./errors.ts";
import { formatShape, numel, type Shape } from "./shape.ts";

/** PyTorch counts bytes below this. */
const COUNTABLE = 2 ** 63;

const WAY_OUT = "Look at the sizes: was one too many multiplied in, or did two shapes broadcast that should be equal?";

/**
 * Calls `make` with the number of elements of a shape. If it cannot be allocated, the error names op, shape and bytes, where
 * JavaScript only says `Invalid typed array length`.
 *
 * @throws KindlingError `Storage size calculation overflowed with sizes=[...]`, `can't allocate memory: you tried to allocate ... bytes`
 */
export function allocating<R>(op: string, shape: Shape, dtype: DType, make: (count: number) => R): R {
  const count = numel(shape);
  if (count * bytesPerElement(dtype) >= COUNTABLE) {
    throw new KindlingError(op, `Storage size calculation overflowed with sizes=${formatShape(shape)}`, "", WAY_OUT);
  }
  try {
    return make(count);
  } catch (error) {
    throw allocationError(op, shape, dtype, error);
  }
}

/** JavaScript's error for a length that cannot be had, in PyTorch's words; any other error as it is. */
export function allocationError(op: string, shape: Shape, dtype: DType, error: unknown): unknown {
  // The other kind of RangeError that computing meets.
  if (!(error instanceof RangeError) || /call stack/i.test(error.message)) return error;
  const bytes = BigInt(numel(shape)) * BigInt(bytesPerElement(dtype));
  const told = new KindlingError(
    op,
    `can't allocate memory: you tried to allocate ${bytes} bytes.`,
    `the shape is ${formatShape(shape)}, ${dtype}`,
    WAY_OUT,
  );
  told.cause = error;
  return told;
}
