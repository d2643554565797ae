import { ValueError } from "./errors.ts";

// What arithmetic of whole numbers refuses. PyTorch's int64 goes to 2^63, and wraps there; ours is exact up to 2^53 on the cpu, and up to 2^31 on
// devices that have nothing wider. Where PyTorch would go on with the larger number, wrapping or rounding would go on with a wrong one.

const LARGEST = Number.MAX_SAFE_INTEGER;
const LARGEST_INT32 = 2 ** 31 - 1;

/**
 * A whole number that a double holds exactly, as does its neighbour.
 *
 * @throws ValueError `mul: the result does not fit into int64: 18014398509481984`
 */
export function checkExact(op: string, value: number): number {
  if (value >= -LARGEST && value <= LARGEST) return value;
  throw new ValueError(
    op,
    "the result does not fit into int64, which is exact up to 2^53 here",
    String(value),
    'Compute with floats: x.to("float64").',
  );
}

/** Whether `int32` holds a whole number. */
export function isHeld(value: number): boolean {
  return value >= -LARGEST_INT32 - 1 && value <= LARGEST_INT32;
}

/**
 * A whole number that `int32` holds, on a device that has nothing wider.
 *
 * @throws ValueError `mul: the result does not fit into the 32 bits that the wasm device has for int64: 4294967296`
 */
export function held(op: string, value: number, device: string): number {
  if (isHeld(value)) return value;
  throw new ValueError(
    op,
    `the result does not fit into the 32 bits that the ${device} device has for int64`,
    `${value}, beyond ${-LARGEST_INT32 - 1} to ${LARGEST_INT32}`,
    "Compute it on the cpu, which is exact up to 2^53, or with floats.",
  );
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
