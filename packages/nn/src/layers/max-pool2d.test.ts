import { arange, maxPool2d, type Tensor, type ValuesAndIndices } from "@kindling/core";
import { expect, expectTypeOf, test } from "vitest";
import { MaxPool2d, Sequential } from "../index.ts";

const x = (): Tensor => arange(16).float().view(1, 4, 4);

test("returnIndices gives the values and where they stood, as the function does", () => {
  const pool = new MaxPool2d(2, { returnIndices: true });
  const found = pool(x());
  expectTypeOf(found).toEqualTypeOf<ValuesAndIndices<Tensor>>();
  const [values, indices] = found;
  expect(values.toListSync()).toEqual([
    [
      [5, 7],
      [13, 15],
    ],
  ]);
  expect(indices.toListSync()).toEqual([
    [
      [5, 7],
      [13, 15],
    ],
  ]);
  expect(indices.dtype).toBe(maxPool2d(x(), 2, { returnIndices: true }).indices.dtype);
  expect(String(pool)).toBe(String(new MaxPool2d(2)));
});

test("without it the values alone, and the type says so", () => {
  const pool = new MaxPool2d(2, { stride: 1 });
  expectTypeOf(pool(x())).toEqualTypeOf<Tensor>();
  expectTypeOf(new MaxPool2d(2)(x())).toEqualTypeOf<Tensor>();
  expect(new Sequential(pool, new MaxPool2d(2))(x()).shape).toEqual([1, 1, 1]);
});
