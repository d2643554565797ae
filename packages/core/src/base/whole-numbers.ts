import { DTYPES } from "./dtype.ts";
import { ValueError } from "./errors.ts";

// What arithmetic of whole numbers refuses. `int32` stands for PyTorch's int64: where PyTorch would go on with the larger number, wrapping
// would go on with a wrong one.

const { largest } = DTYPES.int32;

/** Whether `int32` holds a whole number. */
export function isHeld(value: number): boolean {
  return value >= -largest - 1 && value <= largest;
}

/**
 * A whole number that `int32` holds.
 *
 * @throws ValueError `mul: the result does not fit into int32: 4294967296`
 */
export function held(op: string, value: number): number {
  if (isHeld(value)) return value;
  throw new ValueError(
    op,
    "the result does not fit into int32",
    `${value}, beyond ${-largest - 1} to ${largest}`,
    'Compute with floats: x.to("float32").',
  );
}

/**
 * A float without its fraction. NaN and the infinities become the least whole number, as in PyTorch.
 *
 * @throws ValueError for a number that `int32` cannot hold
 */
export function toInt32(value: number): number {
  return Number.isFinite(value) ? held("to", Math.trunc(value)) : -largest - 1;
}

/** PyTorch's `ZeroDivisionError`. */
export function zeroDivision(op: string): ValueError {
  return new ValueError(
    op,
    "ZeroDivisionError",
    "a whole number divided by 0",
    'Convert to float first: x.to("float32").',
  );
}
