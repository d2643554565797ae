import { leaveScope, warn } from "@kindling/core/extend";
import { defaultCollate } from "./collate.ts";
import type { IterableDataset } from "./dataset.ts";
import type { BatchSource } from "./loader-iterator.ts";

export interface StreamOptions<S, B> {
  /** Samples in a batch; null for single samples. */
  readonly batchSize: number | null;
  readonly dropLast: boolean;
  /** Null is the default. */
  readonly collate: ((samples: S[]) => B) | null;
  readonly convert: (sample: S) => B;
  /** How many samples there are said to be, if anybody asked. */
  readonly reported: number | null;
}

/** The batches of a stream: as many samples as there are, up to `batchSize` each. A stream that is left early is closed. */
export function streamSource<S, B>(dataset: IterableDataset<S>, options: StreamOptions<S, B>): BatchSource<B> {
  const batches = streamBatches(dataset, options);
  return { next: () => batches.next(), close: () => batches.return(undefined) };
}

async function* streamBatches<S, B>(
  dataset: IterableDataset<S>,
  { batchSize, dropLast, collate, convert, reported }: StreamOptions<S, B>,
): AsyncGenerator<B, undefined, undefined> {
  const makeBatch = collate ?? (defaultCollate as (samples: S[]) => B);
  const samples = openStream(dataset);
  let batch: S[] = [];
  let ended = false;
  try {
    for (let fetched = 1; ; fetched++) {
      const { done, value } = await samples.next();
      // Other tasks have run meanwhile: what is made from here on is not theirs.
      leaveScope();
      if (done === true) break;
      if (reported !== null && fetched === reported + 1) warnOfMore(dataset, reported, fetched);
      if (batchSize === null) yield convert(value);
      else if (batch.push(value) === batchSize) {
        yield makeBatch(batch);
        batch = [];
      }
      leaveScope();
    }
    ended = true;
  } finally {
    if (!ended) await samples.return?.();
  }
  if (batch.length > 0 && !dropLast) yield makeBatch(batch);
  return undefined;
}

function openStream<S>(dataset: IterableDataset<S>): AsyncIterator<S> | Iterator<S> {
  return Symbol.asyncIterator in dataset ? dataset[Symbol.asyncIterator]() : dataset[Symbol.iterator]();
}

function warnOfMore(dataset: object, reported: number, fetched: number): void {
  warn(
    `Length of IterableDataset ${dataset.constructor.name} was reported to be ${reported}(when accessing len(dataloader)), but ${fetched} samples have been fetched. `,
  );
}
