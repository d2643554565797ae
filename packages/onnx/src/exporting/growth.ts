import type { GraphBuilder } from "../graph-builder.ts";
import { cast } from "../lowering/conversion.ts";
import type { TensorModel } from "../model/model.ts";

/** A number that grows with the batch: `factor * batch + rest`. */
export interface Growing {
  readonly factor: number;
  readonly rest: number;
}

/** How a constant follows from the size of the batch. */
export interface Growth {
  /** The constant for a batch of this size, as far as it can be foretold. */
  at(batch: number): { readonly shape: readonly number[]; readonly data: ArrayLike<number> };
  /** Whether two sizes say enough: that a number is proportional to the batch. */
  readonly isPlain: boolean;
  /** The nodes that compute it from the batch, a vector of one `int64`. */
  build(graph: GraphBuilder, batch: () => string): string;
  /** The numbers of a shape: `Reshape` finds one of them by itself. */
  readonly sizes?: readonly Growing[];
}

/** Two graphs' constants of the same name, and the batches that the graphs are for. */
export interface Pair {
  readonly low: TensorModel;
  readonly high: TensorModel;
  readonly batches: readonly [number, number];
}

/**
 * How a constant grows: numbers of a shape, numbers that are multiples or fractions of the batch, as a mean has them, a tensor filled with one
 * value, or one that counts. Null where it is none of these.
 */
export function growthOf(pair: Pair): Growth | null {
  const { low, high } = pair;
  if (low.type !== high.type || low.shape.length !== high.shape.length) return null;
  if (low.shape.join() === high.shape.join()) {
    return low.type === "int64" && low.shape.length === 1 ? sizesOf(pair) : (multiplesOf(pair) ?? fractionsOf(pair));
  }
  return filledOf(pair) ?? countingOf(pair);
}

const numbersIn = ({ data }: TensorModel): number[] => Array.from(data as ArrayLike<number | bigint>, Number);

function growing(low: number, high: number, [from, to]: Pair["batches"]): Growing {
  const factor = (high - low) / (to - from);
  return { factor, rest: low - factor * from };
}

const valueAt = ({ factor, rest }: Growing, batch: number): number => factor * batch + rest;

function sizesOf({ low, high, batches }: Pair): Growth | null {
  const ends = numbersIn(high);
  const sizes = numbersIn(low).map((size, i) => growing(size, ends[i] as number, batches));
  if (!sizes.every(({ factor }) => Number.isInteger(factor))) return null;
  return {
    at: (batch) => ({ shape: low.shape, data: sizes.map((size) => valueAt(size, batch)) }),
    isPlain: sizes.every(({ rest }) => rest === 0),
    build: (graph, batch) => shapeNode(graph, sizes, batch),
    sizes,
  };
}

/** A vector of sizes as a node; one that does not grow is a constant. */
function shapeNode(graph: GraphBuilder, sizes: readonly Growing[], batch: () => string): string {
  const parts = sizes.map(({ factor, rest }) => {
    if (factor === 0) return graph.whole([rest]);
    const scaled = factor === 1 ? batch() : graph.node("Mul", [batch(), graph.whole([factor])]);
    return rest === 0 ? scaled : graph.node("Add", [scaled, graph.whole([rest])]);
  });
  return parts.length === 1 ? (parts[0] as string) : graph.node("Concat", parts, { axis: 0 });
}

/** Kinds of numbers that nodes compute with. */
const COMPUTED = ["float32", "int32", "int64"] as const;
type Computed = (typeof COMPUTED)[number];

const computed = (type: string): Computed | null => COMPUTED.find((known) => known === type) ?? null;

function tensorOf(graph: GraphBuilder, type: Computed, shape: readonly number[], values: readonly number[]): string {
  const data =
    type === "float32"
      ? Float32Array.from(values)
      : type === "int32"
        ? Int32Array.from(values)
        : BigInt64Array.from(values, BigInt);
  return graph.constant(type, shape, data);
}

/** The batch as a scalar, in another kind of number. */
function scalarBatch(graph: GraphBuilder, type: Computed, batch: () => string): string {
  const scalar = graph.node("Squeeze", [batch(), graph.whole([0])]);
  return type === "int64" ? scalar : cast(graph, scalar, type);
}

function multiplesOf({ low, high, batches }: Pair): Growth | null {
  const type = computed(low.type);
  const ends = numbersIn(high);
  const all = numbersIn(low).map((number, i) => growing(number, ends[i] as number, batches));
  if (type === null || !all.every(({ factor }) => Number.isInteger(factor))) return null;
  return {
    at: (batch) => ({ shape: low.shape, data: all.map((number) => valueAt(number, batch)) }),
    isPlain: all.every(({ rest }) => rest === 0),
    build(graph, batch) {
      const of = (values: readonly number[]): string => tensorOf(graph, type, low.shape, values);
      const scaled = graph.node("Mul", [scalarBatch(graph, type, batch), of(all.map(({ factor }) => factor))]);
      return all.every(({ rest }) => rest === 0)
        ? scaled
        : graph.node("Add", [scaled, of(all.map(({ rest }) => rest))]);
    },
  };
}

/** `c / batch`, as in a sum that is multiplied with one over the batch. */
function fractionsOf({ low, high, batches }: Pair): Growth | null {
  if (low.type !== "float32") return null;
  const [starts, ends] = [numbersIn(low), numbersIn(high)];
  const whole = starts.map((number) => Math.fround(number * batches[0]));
  const agree = whole.every((number, i) => Math.fround(number / batches[1]) === ends[i]);
  if (!agree || !whole.every((number, i) => Math.fround(number / batches[0]) === starts[i])) return null;
  return {
    at: (batch) => ({ shape: low.shape, data: whole.map((number) => number / batch) }),
    isPlain: false,
    build: (graph, batch) =>
      graph.node("Div", [tensorOf(graph, "float32", low.shape, whole), scalarBatch(graph, "float32", batch)]),
  };
}

function sizesThatGrow({ low, high, batches }: Pair): readonly Growing[] | null {
  const sizes = low.shape.map((size, dim) => growing(size, high.shape[dim] as number, batches));
  return sizes.every(({ factor }) => Number.isInteger(factor)) ? sizes : null;
}

/** `zerosLike(x)`: one value, as often as the batch says. */
function filledOf(pair: Pair): Growth | null {
  const { low, high } = pair;
  const sizes = sizesThatGrow(pair);
  const [starts, ends] = [numbersIn(low), numbersIn(high)];
  const value = starts[0] ?? 0;
  if (sizes === null || ![...starts, ...ends].every((number) => Object.is(number, value))) return null;
  return {
    at(batch) {
      const shape = sizes.map((size) => valueAt(size, batch));
      return { shape, data: new Array<number>(shape.reduce((product, size) => product * size, 1)).fill(value) };
    },
    isPlain: sizes.every(({ rest }) => rest === 0),
    build: (graph, batch) =>
      graph.node("Expand", [graph.constant(low.type, [], low.data.slice(0, 1)), shapeNode(graph, sizes, batch)]),
  };
}

/** `arange(x.shape[0])`, a column of it: `start, start + step, ...`, as far as the batch says. */
function countingOf(pair: Pair): Growth | null {
  const { low } = pair;
  const type = computed(low.type);
  const [size, ...others] = (sizesThatGrow(pair) ?? []).filter(({ factor, rest }) => factor !== 0 || rest !== 1);
  const [starts, ends] = [numbersIn(low), numbersIn(pair.high)];
  const [start = 0, second = 0] = starts;
  const step = second - start;
  const counts = (numbers: readonly number[]): boolean => numbers.every((number, i) => number === start + i * step);
  if (type === null || size === undefined || others.length > 0 || step === 0) return null;
  const shape = low.shape.map((length, dim) => (length === pair.high.shape[dim] ? length : -1));
  if (!counts(starts) || !counts(ends)) return null;
  return {
    at(batch) {
      const length = valueAt(size, batch);
      return {
        shape: shape.map((known) => (known < 0 ? length : known)),
        data: Array.from({ length }, (_, i) => start + i * step),
      };
    },
    isPlain: size.rest === 0,
    build(graph, batch) {
      const one = (value: number): string => tensorOf(graph, type, [], [value]);
      const scaled = graph.node("Mul", [scalarBatch(graph, type, batch), one(size.factor * step)]);
      const limit = graph.node("Add", [scaled, one(size.rest * step + start)]);
      const vector = graph.node("Range", [one(start), limit, one(step)]);
      return shape.length === 1 ? vector : graph.node("Reshape", [vector, graph.whole(shape)]);
    },
  };
}
