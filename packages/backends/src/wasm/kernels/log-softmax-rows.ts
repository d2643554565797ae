import {
  add,
  addFour,
  andFour,
  atMostInts,
  type Bytes,
  below,
  constant,
  constantInts,
  get,
  largerFour,
  loadFour,
  mulFour,
  reorderFour,
  repeat,
  set,
  splatInt,
  storeFour,
  sub,
  subFour,
  tee,
  type WasmFunction,
  when,
  zeros,
} from "./assembler.ts";
import { expFour } from "./exp.ts";
import { logFour } from "./log.ts";
import { eachBlock, eachFour, FOUR, foursUntil, move } from "./loops.ts";
import { TERMS } from "./tile.ts";

/**
 * `log_softmax` along rows of `width` bytes, one after the other up to the address `end`. A row has at least four floats, of which `whole`
 * bytes are full fours.
 */
export interface LogSoftmaxRows {
  logSoftmaxRows(x: number, end: number, out: number, width: number, whole: number): void;
  /** `out = grad - exp(output) Σ grad`. */
  logSoftmaxBackwardRows(grad: number, end: number, output: number, out: number, width: number, whole: number): void;
}

/** The parts of a kernel over rows, forward or backward. Locals are given by number. */
interface Row {
  readonly width: number;
  readonly whole: number;
  /** Bytes from the row's beginning to the present four floats, and to the end of the block. */
  readonly offset: number;
  readonly stop: number;
  /** Of the last four floats of a row, the bits of those that are in no full four. */
  readonly rest: number;
  /** A sum, all of it and of the block. */
  readonly sum: number;
  readonly part: number;
}

const load = ({ offset }: Row, base: number): Bytes => loadFour(add(get(base), get(offset)), 0);
const store = ({ offset }: Row, base: number, value: Bytes): Bytes => storeFour(add(get(base), get(offset)), 0, value);

/** Sets `rest`: the bytes of each lane that come after those that the full fours have read. */
const prepareRest = ({ rest, width, whole }: Row): Bytes =>
  set(rest, atMostInts(splatInt(sub(add(get(whole), constant(FOUR)), get(width))), constantInts([0, 4, 8, 12])));

/** Runs `body` for the full fours, and for the last four floats where some are left: those in both are written twice. */
const eachFourAndLast = (row: Row, body: readonly Bytes[]): readonly Bytes[] => [
  eachFour(row.whole, row.offset, body),
  when(below(get(row.whole), get(row.width)), [set(row.offset, sub(get(row.width), constant(FOUR))), ...body]),
];

/** All lanes become what `combine` makes of the four. */
const across = (local: number, combine: (a: Bytes, b: Bytes) => Bytes): readonly Bytes[] => [
  set(local, combine(get(local), reorderFour(get(local), [2, 3, 0, 1]))),
  set(local, combine(get(local), reorderFour(get(local), [1, 0, 3, 2]))),
];

/** `sum = Σ term` in all lanes, in blocks. */
const addUp = (row: Row, term: Bytes): readonly Bytes[] => {
  const { offset, stop, whole, width, sum, part, rest } = row;
  const plus = (local: number, value: Bytes): Bytes => set(local, addFour(get(local), value));
  return [
    set(sum, zeros),
    eachBlock(
      whole,
      FOUR * TERMS,
      [offset, stop],
      [set(part, zeros), foursUntil(stop, offset, [plus(part, term)]), plus(sum, get(part))],
    ),
    when(below(get(whole), get(width)), [
      set(offset, sub(get(width), constant(FOUR))),
      plus(sum, andFour(term, get(rest))),
    ]),
    ...across(sum, addFour),
  ];
};

export function logSoftmaxRows(): WasmFunction {
  const [x, end, out, width, whole] = [0, 1, 2, 3, 4];
  const [offset, stop] = [5, 6];
  const [largest, sum, part, rest] = [7, 8, 9, 10];
  const row: Row = { width, whole, offset, stop, rest, sum, part };
  const exp = expFour(11);
  const log = logFour(11 + exp.locals);
  const shifted = subFour(load(row, x), get(largest));
  return {
    name: "logSoftmaxRows",
    params: 5,
    locals: [2, 4 + exp.locals + log.locals],
    body: [
      ...exp.prepare,
      ...log.prepare,
      prepareRest(row),
      repeat(
        [
          // A NaN that is passed over here comes back with the sum.
          set(largest, loadFour(get(x), 0)),
          ...eachFourAndLast(row, [set(largest, largerFour(get(largest), load(row, x)))]),
          ...across(largest, largerFour),
          ...addUp(row, exp.of(shifted)),
          set(sum, log.of(get(sum))),
          ...eachFourAndLast(row, [store(row, out, subFour(shifted, get(sum)))]),
          move(out, get(width)),
        ],
        below(tee(x, add(get(x), get(width))), get(end)),
      ),
    ],
  };
}

export function logSoftmaxBackwardRows(): WasmFunction {
  const [grad, end, output, out, width, whole] = [0, 1, 2, 3, 4, 5];
  const [offset, stop] = [6, 7];
  const [sum, part, rest] = [8, 9, 10];
  const row: Row = { width, whole, offset, stop, rest, sum, part };
  const exp = expFour(11);
  const product = mulFour(exp.of(load(row, output)), get(sum));
  return {
    name: "logSoftmaxBackwardRows",
    params: 6,
    locals: [2, 3 + exp.locals],
    body: [
      ...exp.prepare,
      prepareRest(row),
      repeat(
        [
          ...addUp(row, load(row, grad)),
          ...eachFourAndLast(row, [store(row, out, subFour(load(row, grad), product))]),
          move(output, get(width)),
          move(out, get(width)),
        ],
        below(tee(grad, add(get(grad), get(width))), get(end)),
      ),
    ],
  };
}
