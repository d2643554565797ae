import {
  add,
  addFour,
  andFour,
  atMostFour,
  type Bytes,
  divFour,
  equalFour,
  get,
  loadFour,
  mulFour,
  selectFour,
  set,
  splatFloat,
  storeFour,
  subFour,
  type WasmFunction,
  zeros,
} from "./assembler.ts";
import { logFour } from "./log.ts";
import { eachFour } from "./loops.ts";

/** Functions of single floats: the first `bytes` from `x` on, full fours and at least one, to `out`. */
export interface PointwiseKernels {
  step(x: number, out: number, bytes: number): void;
  log1p(x: number, out: number, bytes: number): void;
}

const [from, to, bytes, offset] = [0, 1, 2, 3];
/** The first `v128` local. */
const FIRST = 4;

function pointwise(
  name: keyof PointwiseKernels,
  locals: number,
  prepare: readonly Bytes[],
  body: readonly Bytes[],
  value: Bytes,
): WasmFunction {
  const store = storeFour(add(get(to), get(offset)), 0, value);
  return { name, params: 3, locals: [1, locals], body: [...prepare, eachFour(bytes, offset, [...body, store])] };
}

const load: Bytes = loadFour(add(get(from), get(offset)), 0);

/** 0 where `x` is at most 0, else 1: for NaN too. */
export function step(): WasmFunction {
  const one = get(FIRST);
  const value = subFour(one, andFour(atMostFour(load, zeros), one));
  return pointwise("step", 1, [set(FIRST, splatFloat(1))], [], value);
}

/** `log(1 + x)`: what rounding took from `u = 1 + x` is put right by `x / (u - 1)` (Kahan). */
export function log1p(): WasmFunction {
  const [x, u, logged, one] = [FIRST, FIRST + 1, FIRST + 2, FIRST + 3];
  const log = logFour(FIRST + 4);
  const mended = mulFour(get(logged), divFour(get(x), subFour(get(u), get(one))));
  const unlessHuge = selectFour(equalFour(get(u), get(x)), get(logged), mended);
  const value = selectFour(equalFour(get(u), get(one)), get(x), unlessHuge);
  const body = [set(x, load), set(u, addFour(get(x), get(one))), set(logged, log.of(get(u)))];
  return pointwise("log1p", 4 + log.locals, [set(one, splatFloat(1)), ...log.prepare], body, value);
}
