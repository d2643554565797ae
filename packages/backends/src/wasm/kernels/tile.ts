import {
  add,
  addFour,
  type Bytes,
  below,
  constant,
  get,
  loadFloat,
  loadFour,
  loadSplat,
  mulFour,
  repeat,
  set,
  storeFloat,
  storeFour,
  tee,
  type WasmFunction,
  when,
  zeros,
} from "./assembler.ts";
import { move } from "./loops.ts";

/** Rows and columns of a tile: eight sums of four floats are what the sixteen registers of x64 hold beside the operands. */
export const ROWS = 4;
export const COLUMNS = 8;

/** What products of matrices are made of. Addresses and strides are in bytes. */
export interface TileKernels {
  /**
   * Gathers four rows of a matrix: `to[t][r] = from[r][t]`, with `row` between rows, `step` between `t` and `t + 1` where they are
   * read and `skip` where they are written, until `end`.
   */
  pack(from: number, row: number, step: number, to: number, skip: number, end: number): void;
  /** The same where the four rows lie side by side, a float apart: `from[t][r]`. */
  packAdjacent(from: number, step: number, to: number, skip: number, end: number): void;
  /**
   * `out[r][c] = bias[c] + Σ a[t][r] b[t][c]`, a tile of 4 rows and 8 columns. `a` is packed in rows of 4 floats, `b` in rows of 8 up to
   * `end`; rows of `out` are `stride` apart; a `bias` of 0 is none.
   */
  tile(a: number, b: number, end: number, out: number, stride: number, bias: number): void;
}

/**
 * So many terms are added up before they go to the sum: one after the other, 784 terms would lose two digits more to rounding than
 * PyTorch's libraries lose, which add in blocks too.
 */
export const TERMS = 64;

const four = [0, 1, 2, 3] as const;

export function pack(): WasmFunction {
  const [from, row, step, to, skip, end] = [0, 1, 2, 3, 4, 5];
  const rows = [from, 6, 7, 8] as const;
  return {
    name: "pack",
    params: 6,
    locals: [3, 0],
    body: [
      ...[1, 2, 3].map((r) => set(rows[r] as number, add(get(rows[r - 1] as number), get(row)))),
      repeat(
        [
          ...four.map((r) => storeFloat(get(to), 4 * r, loadFloat(get(rows[r])))),
          ...four.map((r) => move(rows[r], get(step))),
        ],
        below(tee(to, add(get(to), get(skip))), get(end)),
      ),
    ],
  };
}

export function packAdjacent(): WasmFunction {
  const [from, step, to, skip, end] = [0, 1, 2, 3, 4];
  return {
    name: "packAdjacent",
    params: 5,
    locals: [0, 0],
    body: [
      repeat(
        [storeFour(get(to), 0, loadFour(get(from), 0)), move(from, get(step))],
        below(tee(to, add(get(to), get(skip))), get(end)),
      ),
    ],
  };
}

export function tile(): WasmFunction {
  const [a, b, end, out, stride, bias] = [0, 1, 2, 3, 4, 5];
  const [row, stop, more] = [6, 7, 8];
  const [splat, left, right] = [9, 10, 11];
  const sums = four.map((r) => [12 + 2 * r, 13 + 2 * r] as const);
  const accumulate = (sum: number, factor: number): Bytes =>
    set(sum, addFour(get(sum), mulFour(get(splat), get(factor))));
  // Not unrolled: V8 would load the operands of all steps first, and then lack registers for the sums.
  const terms = repeat(
    [
      set(left, loadFour(get(b), 0)),
      set(right, loadFour(get(b), 16)),
      ...sums.flatMap(([l, r], i) => [set(splat, loadSplat(get(a), 4 * i)), accumulate(l, left), accumulate(r, right)]),
      move(a, constant(4 * ROWS)),
    ],
    below(tee(b, add(get(b), constant(4 * COLUMNS))), get(stop)),
  );
  const block = [
    ...sums.flat().map((sum) => set(sum, zeros)),
    when(
      get(bias),
      sums.flatMap(([l, r]) => [set(l, loadFour(get(bias), 0)), set(r, loadFour(get(bias), 16))]),
    ),
    set(stop, add(get(b), constant(4 * COLUMNS * TERMS))),
    when(below(get(end), get(stop)), [set(stop, get(end))]),
    terms,
    set(row, get(out)),
    ...sums.flatMap(([l, r]) => [
      when(get(more), [
        set(l, addFour(get(l), loadFour(get(row), 0))),
        set(r, addFour(get(r), loadFour(get(row), 16))),
      ]),
      storeFour(get(row), 0, get(l)),
      storeFour(get(row), 16, get(r)),
      move(row, get(stride)),
    ]),
    set(more, constant(1)),
    set(bias, constant(0)),
  ];
  return { name: "tile", params: 6, locals: [3, 11], body: [repeat(block, below(get(b), get(end)))] };
}
