import {
  add,
  addFour,
  type Bytes,
  below,
  constant,
  get,
  largerFour,
  loadFour,
  mulFour,
  repeat,
  set,
  storeFour,
  subFour,
  tee,
  type WasmFunction,
  zeros,
} from "./assembler.ts";
import { expFour } from "./exp.ts";
import { logFour } from "./log.ts";
import { eachBlock, eachFour, move } from "./loops.ts";
import { TERMS } from "./tile.ts";

/**
 * `log_softmax` down the columns of a matrix of `n` rows, `stride` bytes apart: as many columns as have `width` bytes, a multiple of 16.
 * They are read row by row, which is the order of the memory; `scratch` holds three rows of `width` bytes, and `out` is no operand.
 */
export interface LogSoftmaxColumns {
  logSoftmaxColumns(x: number, out: number, n: number, stride: number, width: number, scratch: number): void;
  /** `out = grad - exp(output) Σ grad`. */
  logSoftmaxBackwardColumns(
    grad: number,
    output: number,
    out: number,
    n: number,
    stride: number,
    width: number,
    scratch: number,
  ): void;
}

/** The parts of a kernel over columns, forward or backward. Locals are given by number. */
interface Columns {
  readonly n: number;
  readonly stride: number;
  readonly width: number;
  /** Numbers of rows: the next one's and the end of the block. */
  readonly index: number;
  readonly stop: number;
  /** Bytes from the first column to the present ones. */
  readonly offset: number;
}

/** The address of the present columns, in the row at `base`. */
const here = ({ offset }: Columns, base: number): Bytes => add(get(base), get(offset));
const load = (columns: Columns, base: number): Bytes => loadFour(here(columns, base), 0);
const store = (columns: Columns, base: number, value: Bytes): Bytes => storeFour(here(columns, base), 0, value);
const each = ({ offset, width }: Columns, body: readonly Bytes[]): Bytes => eachFour(width, offset, body);

/** Runs `body` for all columns of each row from `index` to `stop`; `rows` are addresses that move along. */
function rowsUntil(columns: Columns, stop: number, rows: readonly number[], body: readonly Bytes[]): Bytes {
  const { index, stride } = columns;
  return repeat(
    [each(columns, body), ...rows.map((row) => move(row, get(stride)))],
    below(tee(index, add(get(index), constant(1))), get(stop)),
  );
}

/** The same for all rows. */
function eachRow(columns: Columns, rows: readonly number[], body: readonly Bytes[]): readonly Bytes[] {
  return [set(columns.index, constant(0)), rowsUntil(columns, columns.n, rows, body)];
}

/** `sum = Σ term` over all rows, in blocks, where `sum` and `part` are addresses of a row each. */
function addUp(columns: Columns, [sum, part]: readonly [number, number], row: number, term: Bytes): readonly Bytes[] {
  const { index, n, stop } = columns;
  const clear = (base: number): Bytes => store(columns, base, zeros);
  const plus = (base: number, value: Bytes): Bytes => store(columns, base, addFour(load(columns, base), value));
  return [
    each(columns, [clear(sum), clear(part)]),
    eachBlock(
      n,
      TERMS,
      [index, stop],
      [
        rowsUntil(columns, stop, [row], [plus(part, term)]),
        each(columns, [plus(sum, load(columns, part)), clear(part)]),
      ],
    ),
  ];
}

export function logSoftmaxColumns(): WasmFunction {
  const [x, out, n, stride, width, largest] = [0, 1, 2, 3, 4, 5];
  const [sum, part, row, index, stop, offset] = [6, 7, 8, 9, 10, 11];
  const columns: Columns = { n, stride, width, index, stop, offset };
  const exp = expFour(12);
  const log = logFour(12 + exp.locals);
  const shifted = subFour(load(columns, row), load(columns, largest));
  const rewind = set(row, get(x));
  return {
    name: "logSoftmaxColumns",
    params: 6,
    locals: [6, exp.locals + log.locals],
    body: [
      set(sum, add(get(largest), get(width))),
      set(part, add(get(sum), get(width))),
      ...exp.prepare,
      // A NaN that is passed over here comes back with the sum.
      each(columns, [store(columns, largest, load(columns, x))]),
      rewind,
      ...eachRow(columns, [row], [store(columns, largest, largerFour(load(columns, largest), load(columns, row)))]),
      rewind,
      ...addUp(columns, [sum, part], row, exp.of(shifted)),
      ...log.prepare,
      each(columns, [store(columns, sum, log.of(load(columns, sum)))]),
      rewind,
      ...eachRow(columns, [row, out], [store(columns, out, subFour(shifted, load(columns, sum)))]),
    ],
  };
}

export function logSoftmaxBackwardColumns(): WasmFunction {
  const [grad, output, out, n, stride, width, sum] = [0, 1, 2, 3, 4, 5, 6];
  const [part, row, index, stop, offset] = [7, 8, 9, 10, 11];
  const columns: Columns = { n, stride, width, index, stop, offset };
  const exp = expFour(12);
  const product = mulFour(exp.of(load(columns, output)), load(columns, sum));
  return {
    name: "logSoftmaxBackwardColumns",
    params: 7,
    locals: [5, exp.locals],
    body: [
      set(part, add(get(sum), get(width))),
      ...exp.prepare,
      set(row, get(grad)),
      ...addUp(columns, [sum, part], row, load(columns, row)),
      ...eachRow(columns, [grad, output, out], [store(columns, out, subFour(load(columns, grad), product))]),
    ],
  };
}
