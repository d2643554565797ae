import { type Device, scope, stack, type Tensor } from "@kindling/core";
import { detachFromScope } from "@kindling/core/extend";
import { memoryStore, StoreError } from "@kindling/datasets";
import { type DigitSets, type LoadSetsOptions, loadSets } from "@kindling/recipes";
import type { DatasetName, ModelName } from "@kindling/recipes/config";
import type { Sample } from "../protocol/messages.ts";
import { tell } from "../protocol/serve.ts";
import { mirrorsOf } from "./site.ts";

/** Bytes of an image. */
export const PIXELS = 784;

/** How many of the test digits are looked at all the time. */
export const SAMPLE_SIZE = 500;

const loaded = new Map<string, Promise<DigitSets>>();

/** A data set, from where the browser keeps it, or fetched first. The page is told of each piece, and of the sample once. */
export function digitsOf(dataset: DatasetName, model: ModelName): Promise<DigitSets> {
  const key = `${dataset} ${model}`;
  const known = loaded.get(key);
  if (known !== undefined) return known;
  const loading = load(dataset, model).catch((error: unknown) => {
    loaded.delete(key);
    throw error;
  });
  // One at a time: half a hundred megabytes each.
  loaded.clear();
  loaded.set(key, loading);
  return loading;
}

async function load(dataset: DatasetName, model: ModelName): Promise<DigitSets> {
  const options: LoadSetsOptions = {
    model,
    root: "kindling",
    download: true,
    mirrors: mirrorsOf(dataset),
    onProgress: ({ file, mirror, loaded, total }) =>
      tell({ kind: "download", file, mirror, loaded, total: total ?? null }),
  };
  const sets = await loadSets(dataset, options).catch((error: unknown) => {
    if (!(error instanceof StoreError)) throw error;
    // A browser that keeps nothing, its storage being full, say, fetches them anew at each visit.
    return loadSets(dataset, { ...options, store: memoryStore() });
  });
  const sample = sampleOf(dataset, sets);
  tell({ kind: "sample", sample }, [sample.images.buffer, sample.labels.buffer]);
  return sets;
}

function sampleOf(dataset: DatasetName, { test }: DigitSets): Sample {
  const labels = Uint8Array.from({ length: test.length }, (_, i) => test.get(i)[1]);
  return { dataset, classes: test.classes, images: imagesAt({ test }, range(SAMPLE_SIZE)), labels };
}

/** The first test digits, as one batch on `device`. It belongs to no scope. */
export function sampleBatch({ test }: Pick<DigitSets, "test">, device: Device): Tensor {
  return detachFromScope(scope(() => stack(range(SAMPLE_SIZE).map((i) => test.get(i)[0])).to(device)));
}

/** Test digits by position, as their bytes. */
export function imagesAt({ test }: Pick<DigitSets, "test">, positions: readonly number[]): Uint8Array {
  const bytes = test.data.toTypedArraySync() as Uint8Array;
  const images = new Uint8Array(positions.length * PIXELS);
  for (const [i, at] of positions.entries()) images.set(bytes.subarray(at * PIXELS, (at + 1) * PIXELS), i * PIXELS);
  return images;
}

export function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}
