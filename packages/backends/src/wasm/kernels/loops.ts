import { add, type Bytes, below, constant, get, repeat, set, tee, when } from "./assembler.ts";

// Locals are given by their numbers.

/** Bytes of four floats. */
export const FOUR = 16;

export const move = (local: number, by: Bytes): Bytes => set(local, add(get(local), by));

/** Runs `body` for each four floats from the `offset` in bytes, which it moves, until `end`. */
export const foursUntil = (end: number, offset: number, body: readonly Bytes[]): Bytes =>
  repeat(body, below(tee(offset, add(get(offset), constant(FOUR))), get(end)));

/** The same from 0 on. */
export const eachFour = (end: number, offset: number, body: readonly Bytes[]): Bytes => [
  ...set(offset, constant(0)),
  ...foursUntil(end, offset, body),
];

/**
 * Divides the range from 0 to `end` into blocks of `size`, and a shorter one at the last. `body` moves `index` from where a block starts to `stop`,
 * where it ends.
 */
export const eachBlock = (
  end: number,
  size: number,
  [index, stop]: readonly [number, number],
  body: readonly Bytes[],
): Bytes => [
  ...set(index, constant(0)),
  ...repeat(
    [set(stop, add(get(index), constant(size))), when(below(get(end), get(stop)), [set(stop, get(end))]), ...body],
    below(get(index), get(end)),
  ),
];
