import { type DType, type Tensor, tensor } from "@kindling/core";
import { expect } from "vitest";

/** A tensor in a golden file; what JSON has no number for is a word. */
export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly (number | string | boolean)[] | string;
}

/** The tensor that a golden file describes; `"any"` data are zeros. */
export function fromGolden({ shape, dtype, data }: GoldenTensor): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  const elements = typeof data === "string" ? new Array<number>(count).fill(0) : data.map(asNumber);
  return tensor(Float64Array.from(elements), { dtype: dtype as DType }).reshape(shape);
}

/** Options of a golden case, with tensors in place of their descriptions. */
export function optionsFromGolden(options: object): Record<string, unknown> {
  const entries = Object.entries(options).map(([name, value]) => [
    name,
    isGoldenTensor(value) ? fromGolden(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** Holds a tensor against the golden one. The tolerance is a share of the largest element, or of 1: sums are rounded by so much. */
export function expectGolden(actual: Tensor | null, golden: GoldenTensor, tolerance = 2e-6): void {
  expect(actual?.shape).toEqual(golden.shape);
  const elements = [...(actual?.toTypedArraySync() ?? [])];
  const expected: readonly number[] =
    typeof golden.data === "string" ? [] : golden.data.map((value) => Math.fround(asNumber(value)));
  const scale = Math.max(1, ...expected.map(Math.abs).filter(Number.isFinite));
  expected.forEach((value, i) => {
    const got = elements[i] as number;
    const close = Object.is(got, value) || Math.abs(got - value) <= tolerance * scale;
    if (!close) expect(elements).toEqual(expected);
  });
}

function isGoldenTensor(value: unknown): value is GoldenTensor {
  return typeof value === "object" && value !== null && "shape" in value && "data" in value;
}

function asNumber(value: number | string | boolean): number {
  if (typeof value !== "string") return Number(value);
  return { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY, "-0": -0 }[
    value
  ] as number;
}
