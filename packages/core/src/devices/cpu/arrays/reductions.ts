import { allocate, type TypedArray } from "../../../base/dtype.ts";
import { numel } from "../../../base/shape.ts";
import { checkExact } from "../../../base/whole-numbers.ts";
import { isLarger, isSmaller, placesOfExtremes, rankRows } from "../ranking.ts";
import { runningSumsOf } from "../running-sums.ts";
import { type ArrayKernel, type Elements, room } from "./elements.ts";
import { permuted } from "./movement.ts";
import { checkWhole } from "./pointwise.ts";

/** What becomes of a row of elements. */
type OfRow = (data: TypedArray, start: number, count: number) => number;

/** The elements of `dims` side by side, so that each result is made of a row. */
function rowsOver({ data, shape }: Elements, dims: readonly number[]): { data: TypedArray; count: number } {
  const kept = shape.map((_, i) => i).filter((i) => !dims.includes(i));
  const order = [...kept, ...dims];
  const count = numel(dims.map((dim) => shape[dim] as number));
  return { data: order.every((dim, i) => dim === i) ? data : permuted(data, shape, order), count };
}

const reduction = (op: string, of: OfRow): ArrayKernel<"sum"> => {
  return ({ x }, { dims }, [out]) => {
    const result = room(out);
    const { data, count } = rowsOver(x, dims);
    for (let i = 0; i < result.length; i++) result[i] = of(data, i * count, count);
    if (out?.dtype === "int64") checkWhole(op, result);
    return [result];
  };
};

/** So many terms are added up before their sum is added to the others': what is rounded away grows with their number. */
const PART = 256;

const sumOfRow: OfRow = (data, start, count) => {
  let sum = 0;
  for (let from = 0; from < count; from += PART) {
    let part = 0;
    for (let i = start + from; i < start + Math.min(from + PART, count); i++) part += data[i] as number;
    sum += part;
  }
  return sum;
};

const productOfRow: OfRow = (data, start, count) => {
  let product = 1;
  for (let i = start; i < start + count; i++) product *= data[i] as number;
  return product;
};

const best =
  (comesBefore: (a: number, b: number) => boolean): OfRow =>
  (data, start, count) => {
    let found = data[start] as number;
    for (let i = start + 1; i < start + count; i++)
      if (comesBefore(data[i] as number, found)) found = data[i] as number;
    return found;
  };

/** The least; NaN is less than everything. */
const isLess = (a: number, b: number): boolean => a < b || (Number.isNaN(a) && !Number.isNaN(b));

const has =
  (wanted: boolean): OfRow =>
  (data, start, count) => {
    for (let i = start; i < start + count; i++) if ((data[i] !== 0) === wanted) return 1;
    return 0;
  };

const hasNoZero: OfRow = (data, start, count) => 1 - has(false)(data, start, count);

const position = (comesBefore: (a: number, b: number) => boolean): ArrayKernel<"argmax"> => {
  return ({ x }, { dim }, [out]) => {
    const found = room(out);
    placesOfExtremes(x.data, x.shape, dim, comesBefore, found);
    return [found];
  };
};

const cumsum: ArrayKernel<"cumsum"> = ({ x }, attrs, [out]) => [
  runningSumsOf(x.data, x.shape, attrs, room(out), out?.dtype === "int64" ? checkExact : undefined),
];

const topk: ArrayKernel<"topk"> = ({ x }, { k }, [values, indices]) => {
  const results = [room(values), room(indices)] as const;
  rankRows(x.data, x.shape.at(-1) as number, k, ...results);
  return [...results];
};

const softmax: ArrayKernel<"softmax"> = ({ x: { data, shape } }, _attrs, [out]) => {
  const result = room(out);
  const n = shape.at(-1) as number;
  const row = allocate("float64", n);
  for (let start = 0; start < data.length; start += n) {
    const largest = best(isLarger)(data, start, n);
    for (let i = 0; i < n; i++) row[i] = Math.exp((data[start + i] as number) - largest);
    const sum = sumOfRow(row, 0, n);
    for (let i = 0; i < n; i++) result[start + i] = (row[i] as number) / sum;
  }
  return [result];
};

export const reductions = {
  all: reduction("all", hasNoZero),
  amax: reduction("amax", best(isLarger)),
  amin: reduction("amin", best(isLess)),
  any: reduction("any", has(true)),
  argmax: position(isLarger),
  argmin: position(isSmaller),
  cumsum,
  prod: reduction("prod", productOfRow),
  softmax,
  sum: reduction("sum", sumOfRow),
  topk,
};
