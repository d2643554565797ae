import type { Tensor } from "@kindling/core";
import { DataLoader, randomSplit, type Subset, TensorDataset } from "./index.ts";

// Read by the type checker only: what must be accepted, and what must not.

declare const x: Tensor;
declare const lengths: number[];
declare const fixed: readonly [number, number, number];

const set = new TensorDataset(x, x);
type Sample = readonly [Tensor, Tensor] | [Tensor, Tensor];

const [train, test] = randomSplit(set, [0.8, 0.2]);
const both: Subset<Sample>[] = [train, test];
const [first]: [Subset<Sample>, Subset<Sample>, Subset<Sample>] = randomSplit(set, fixed);
const some: Subset<Sample>[] = randomSplit(set, lengths);
// @ts-expect-error there are two parts
const [, , third] = randomSplit(set, [1, 2]);

export async function batches(): Promise<Tensor[]> {
  const loader = new DataLoader(train, { batchSize: 2 });
  for await (const [inputs, labels] of loader) return [inputs, labels];
  // @ts-expect-error an epoch waits for its batches: for await
  for (const batch of loader) return batch;
  // @ts-expect-error options have names
  new DataLoader(train, 32);
  return [];
}

export const used = { both, first, some, third };
