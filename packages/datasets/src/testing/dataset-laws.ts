import { IndexOutOfRangeError, isTensor, scope } from "@kindling/core";
import { type Dataset, defaultCollate } from "@kindling/data";
import { describe, expect, test } from "vitest";

/**
 * The laws of a data set, as tests. `make` gives one that draws nothing at random and has three samples or more.
 *
 *     datasetLaws("MNIST", () => MNIST.load({ root: "./data" }));
 */
export function datasetLaws<S>(name: string, make: () => Dataset<S> | Promise<Dataset<S>>): void {
  describe(`laws of a data set: ${name}`, () => {
    test("its length is a whole number", async () => {
      const { length } = await make();
      expect(Number.isInteger(length) && length >= 3).toBe(true);
    });

    test("a sample is the same each time", async () => {
      const dataset = await make();
      for (const index of [0, 1, dataset.length - 1]) {
        expect(plain(dataset.get(index))).toEqual(plain(dataset.get(index)));
      }
    });

    test("two of them are the same", async () => {
      const [one, other] = [await make(), await make()];
      expect(one.length).toBe(other.length);
      expect(plain(one.get(1))).toEqual(plain(other.get(1)));
    });

    test("negative indices count from the end", async () => {
      const dataset = await make();
      expect(plain(dataset.get(-1))).toEqual(plain(dataset.get(dataset.length - 1)));
      expect(plain(dataset.get(-dataset.length))).toEqual(plain(dataset.get(0)));
    });

    test("there is nothing beyond its ends, nor between two samples", async () => {
      const dataset = await make();
      for (const index of [dataset.length, -dataset.length - 1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
        const message = `index ${index} is out of bounds for dimension 0 with size ${dataset.length}`;
        expect(() => dataset.get(index)).toThrow(IndexOutOfRangeError);
        expect(() => dataset.get(index)).toThrow(message);
        if (dataset.getBatch) expect(() => dataset.getBatch?.([0, index])).toThrow(message);
      }
    });

    test("a batch is its samples collated, in any order, twice the same one too", async () => {
      const dataset = await make();
      if (!dataset.getBatch) return;
      const last = dataset.length - 1;
      for (const indices of [[0], [0, 1, 2], [2, 0, 1], [last, 0, last, 0], [-1, 0, -dataset.length]]) {
        const collated = plain(defaultCollate(indices.map((index) => dataset.get(index))));
        expect(plain(dataset.getBatch(indices))).toEqual(collated);
        expect(plain(dataset.getBatch(Int32Array.from(indices)))).toEqual(collated);
      }
    });

    test("what a reader does to a sample in place, or frees, no other reader sees", async () => {
      const dataset = await make();
      const before = plain(dataset.get(0));
      for (const spoil of [(sample: S) => tensorsIn(sample), () => tensorsIn(dataset.getBatch?.([0, 1]))]) {
        for (const tensor of spoil(dataset.get(0))) tensor.fill_(77).dispose();
        scope(() => void dataset.get(0));
        expect(plain(dataset.get(0))).toEqual(before);
      }
    });
  });
}

function tensorsIn(value: unknown): { fill_(value: number): { dispose(): void } }[] {
  if (isTensor(value)) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(tensorsIn) : [];
}

/** The value with plain objects in place of tensors, which can be compared. */
function plain(value: unknown): unknown {
  if (isTensor(value)) return { dtype: value.dtype, shape: [...value.shape], data: Array.from(value.dataSync()) };
  if (Array.isArray(value)) return value.map(plain);
  return value;
}
