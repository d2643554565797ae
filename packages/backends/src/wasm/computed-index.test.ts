import { embedding, IndexOutOfRangeError, oneHot, type Tensor, tensor } from "@kindling/core";
import { expect, test } from "vitest";
import { wasm } from "./index.ts";

const device = await wasm();
const rows = (): Tensor =>
  tensor(
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    { device },
  );

/** 0 and `last`, which nobody knows before it is computed. */
const computed = (last: number): Tensor => tensor([0, 1], { device, dtype: "int32" }).mul(last);

// The backend's kernels read beside the rows, leave elements out, or throw errors of their own.
const CALLS: Readonly<Record<string, (index: Tensor) => Tensor>> = {
  embedding: (index) => embedding(index, rows()),
  gather: (index) => rows().gather(0, index.view(1, 2)),
  index: (index) => rows().index(index),
  indexPut_: (index) => rows().indexPut_([index], tensor(9, { device })),
  indexSelect: (index) => rows().indexSelect(0, index),
  oneHot: (index) => oneHot(index, 3),
};

test.each(Object.entries(CALLS))("%s checks an index that the device has computed", (op, call) => {
  expect(() => call(computed(7))).toThrow(IndexOutOfRangeError);
  expect(() => call(computed(7))).toThrow(op);
  expect(() => call(computed(-7))).toThrow(IndexOutOfRangeError);
  expect(call(computed(2)).toListSync()).toBeDefined();
});
