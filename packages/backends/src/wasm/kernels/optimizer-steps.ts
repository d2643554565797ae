import {
  add,
  addFour,
  type Bytes,
  divFour,
  get,
  loadFour,
  maxFour,
  mulFour,
  set,
  splatInt,
  sqrtFour,
  storeFour,
  subFour,
  type WasmFunction,
  when,
} from "./assembler.ts";
import { foursUntil } from "./loops.ts";

/**
 * Steps of optimizers over the floats from `offset` to `end`, full fours in bytes from each tensor's address. The address 0 stands for a tensor
 * that is not there. `factors` are the bits of the step's numbers as floats, in the order below. Every operation rounds as the kernels do that
 * the step can be composed of.
 */
export interface OptimizerSteps {
  sgdStep(
    parameter: number,
    grad: number,
    buffer: number,
    out: number,
    outBuffer: number,
    offset: number,
    end: number,
    decays: number,
    nesterov: number,
    ...factors: readonly number[]
  ): void;
  adamStep(
    parameter: number,
    grad: number,
    expAvg: number,
    expAvgSq: number,
    maxExpAvgSq: number,
    out: number,
    outExpAvg: number,
    outExpAvgSq: number,
    outMaxExpAvgSq: number,
    offset: number,
    end: number,
    decays: number,
    ...factors: readonly number[]
  ): void;
}

/** The order of the numbers. */
export const SGD_FACTORS = ["sign", "decay", "momentum", "taken", "rate"] as const;
export const ADAM_FACTORS = [
  "sign",
  "shrink",
  "decay",
  "fresh",
  "kept",
  "freshSq",
  "stepSize",
  "correction",
  "eps",
] as const;

/** Four floats of a tensor, whose address is in the local `base`. */
const at = (offset: number) => ({
  load: (base: number): Bytes => loadFour(add(get(base), get(offset)), 0),
  store: (base: number, value: Bytes): Bytes => storeFour(add(get(base), get(offset)), 0, value),
});

/** Each of `count` parameters from `bits` on, four times, in the locals from `first` on. */
const spread = (bits: number, count: number, first: number): Bytes[] =>
  Array.from({ length: count }, (_, i) => set(first + i, splatInt(get(bits + i))));

export function sgdStep(): WasmFunction {
  const [parameter, grad, buffer, out, outBuffer, offset, end, decays, nesterov, bits] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const [sign, decay, momentum, taken, rate, p, d, next] = [14, 15, 16, 17, 18, 19, 20, 21];
  const { load, store } = at(offset);
  return {
    name: "sgdStep",
    params: 9 + SGD_FACTORS.length,
    locals: [0, SGD_FACTORS.length + 3],
    body: [
      ...spread(bits, SGD_FACTORS.length, sign),
      foursUntil(end, offset, [
        set(p, load(parameter)),
        set(d, mulFour(load(grad), get(sign))),
        when(get(decays), [set(d, addFour(get(d), mulFour(get(p), get(decay))))]),
        when(get(outBuffer), [
          set(next, get(d)),
          when(get(buffer), [set(next, addFour(mulFour(load(buffer), get(momentum)), mulFour(get(d), get(taken))))]),
          store(outBuffer, get(next)),
          when(get(nesterov), [set(next, addFour(get(d), mulFour(get(next), get(momentum))))]),
          set(d, get(next)),
        ]),
        store(out, addFour(get(p), mulFour(get(d), get(rate)))),
      ]),
    ],
  };
}

export function adamStep(): WasmFunction {
  const [parameter, grad, expAvg, expAvgSq, maxExpAvgSq] = [0, 1, 2, 3, 4];
  const [out, outExpAvg, outExpAvgSq, outMaxExpAvgSq] = [5, 6, 7, 8];
  const [offset, end, decays, bits] = [9, 10, 11, 12];
  const [sign, shrink, decay, fresh, kept, freshSq, stepSize, correction, eps] = [21, 22, 23, 24, 25, 26, 27, 28, 29];
  const [p, g, m, v] = [30, 31, 32, 33];
  const { load, store } = at(offset);
  const denominator = addFour(divFour(sqrtFour(get(v)), get(correction)), get(eps));
  return {
    name: "adamStep",
    params: 12 + ADAM_FACTORS.length,
    locals: [0, ADAM_FACTORS.length + 4],
    body: [
      ...spread(bits, ADAM_FACTORS.length, sign),
      foursUntil(end, offset, [
        set(p, load(parameter)),
        set(g, mulFour(load(grad), get(sign))),
        when(get(decays), [set(g, addFour(get(g), mulFour(get(p), get(decay))))]),
        set(m, load(expAvg)),
        set(m, addFour(get(m), mulFour(subFour(get(g), get(m)), get(fresh)))),
        store(outExpAvg, get(m)),
        set(v, addFour(mulFour(load(expAvgSq), get(kept)), mulFour(mulFour(get(g), get(freshSq)), get(g)))),
        store(outExpAvgSq, get(v)),
        when(get(maxExpAvgSq), [set(v, maxFour(get(v), load(maxExpAvgSq))), store(outMaxExpAvgSq, get(v))]),
        store(out, subFour(mulFour(get(p), get(shrink)), divFour(mulFour(get(m), get(stepSize)), denominator))),
      ]),
    ],
  };
}
