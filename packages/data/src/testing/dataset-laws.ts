import {
  AutogradError,
  defaultGenerator,
  IndexOutOfRangeError,
  isTensor,
  manualSeed,
  scope,
  type Tensor,
} from "@kindling/core";
import { describe, expect, test } from "vitest";
import { defaultCollate } from "../collate.ts";
import { DataLoader } from "../data-loader.ts";
import type { Dataset } from "../dataset.ts";
import { plain } from "./plain.ts";

/**
 * The laws of every data set. One line in a test file, with a small one (at least 3 samples):
 *
 * ```ts
 * datasetLaws("MNIST", () => tinyMnist());
 * ```
 */
export function datasetLaws<S>(name: string, make: () => Dataset<S> | Promise<Dataset<S>>): void {
  describe(`${name} as a data set`, () => {
    test("has a whole number of samples, and gives each", async () => {
      const dataset = await make();
      expect(Number.isInteger(dataset.length)).toBe(true);
      expect(dataset.length).toBeGreaterThanOrEqual(3);
      for (let i = 0; i < dataset.length; i++) expect(dataset.get(i)).toBeDefined();
    });

    test("gives the same sample again for the same seed", async () => {
      const dataset = await make();
      const other = await make();
      const [first, again] = [1, 2].map(() => seeded(() => [dataset.get(0), dataset.get(dataset.length - 1)]));
      expect(again).toEqual(first);
      expect(seeded(() => [other.get(0), other.get(other.length - 1)])).toEqual(first);
    });

    test("what a reader does to a sample in place, or frees, no other reader sees", async () => {
      const dataset = await make();
      const before = seeded(() => dataset.get(0));
      for (const read of [() => dataset.get(0), () => dataset.getBatch?.([0, 1])]) {
        for (const tensor of tensorsIn(read())) spoil(tensor);
        scope(() => void read());
        expect(seeded(() => dataset.get(0))).toEqual(before);
      }
    });

    test("counts negative indices from the end", async () => {
      const dataset = await make();
      expect(seeded(() => dataset.get(-1))).toEqual(seeded(() => dataset.get(dataset.length - 1)));
      expect(seeded(() => dataset.get(-dataset.length))).toEqual(seeded(() => dataset.get(0)));
    });

    test("refuses an index that is none", async () => {
      const dataset = await make();
      const wrong = [dataset.length, -dataset.length - 1, 0.5, Number.NaN, Number.POSITIVE_INFINITY];
      for (const index of wrong) {
        expect(() => dataset.get(index), `get(${index})`).toThrow(IndexOutOfRangeError);
        if (dataset.getBatch === undefined) continue;
        expect(() => dataset.getBatch?.([0, index]), `getBatch([0, ${index}])`).toThrow(IndexOutOfRangeError);
      }
    });

    test("gives as a batch what collating its samples gives, and draws the same random numbers", async () => {
      const dataset = await make();
      const last = dataset.length - 1;
      for (const indices of [[0], [0, 1, 2], [last, 0, 1], [1, 1, 1], [-1, 0]]) {
        manualSeed(5);
        const oneByOne = plain(defaultCollate(indices.map((index) => dataset.get(index))));
        const afterwards = defaultGenerator().random32();
        if (dataset.getBatch === undefined) return;
        for (const list of [indices, Int32Array.from(indices)]) {
          manualSeed(5);
          expect(plain(dataset.getBatch(list)), `getBatch([${indices}])`).toEqual(oneByOne);
          expect(defaultGenerator().random32()).toBe(afterwards);
        }
      }
    });

    test("comes out of a DataLoader whole and in order", async () => {
      const dataset = await make();
      manualSeed(2);
      const loader = new DataLoader<S, S[]>(dataset, { batchSize: 2, collateFn: (samples) => samples });
      const seen: unknown[] = [];
      for await (const batch of loader) seen.push(...batch.map(plain));
      manualSeed(2);
      defaultGenerator().random64();
      expect(seen).toEqual(Array.from({ length: dataset.length }, (_, i) => plain(dataset.get(i))));
      expect(loader.length).toBe(Math.ceil(dataset.length / 2));
    });
  });
}

/** The result of `read` after seeding the default generator. */
function seeded(read: () => unknown): unknown {
  manualSeed(1);
  return plain(read());
}

/** Changes a tensor in place where it may be, and frees it. */
function spoil(tensor: Tensor): void {
  try {
    tensor.fill_(77);
  } catch (error) {
    // A row of a larger tensor cannot be changed: it says so, and nothing has happened.
    expect(error).toBeInstanceOf(AutogradError);
  }
  tensor.dispose();
}

function tensorsIn(value: unknown): Tensor[] {
  if (isTensor(value)) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(tensorsIn) : [];
}
