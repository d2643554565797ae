import { defaultGenerator, type Generator, ValueError } from "@kindling/core";
import { asDataset, type DatasetLike } from "./array-dataset.ts";
import { defaultCollate } from "./collate.ts";
import type { Collated } from "./collated.ts";
import { defaultConvert } from "./convert.ts";
import { checkOptions, type DataLoaderOptions } from "./data-loader-options.ts";
import type { Dataset, IterableDataset } from "./dataset.ts";
import { fetchBatch, fetchEach, fetchOne } from "./fetch.ts";
import { keyedSource, LoaderIterator } from "./loader-iterator.ts";
import { locked } from "./locked.ts";
import { checkPositive } from "./samplers/argument-checks.ts";
import { BatchSampler } from "./samplers/batch-sampler.ts";
import { loadGenerator, saveGenerator } from "./samplers/generator-state.ts";
import { RandomSampler } from "./samplers/random-sampler.ts";
import type { Sampler, SamplerState } from "./samplers/sampler.ts";
import { SequentialSampler } from "./samplers/sequential-sampler.ts";
import { streamSource } from "./stream-source.ts";

/**
 * A data set in batches, over and over: each `for await` is an epoch. Batches are on the cpu.
 *
 * ```ts
 * for await (const [inputs, labels] of new DataLoader(train, { batchSize: 500, shuffle: true })) { ... }
 * ```
 *
 * An epoch draws as PyTorch's does: a 64-bit base seed when it begins (from `generator`, or the default generator), then
 * what the sampler draws. Epochs may run side by side. Every few milliseconds the event loop gets a turn.
 *
 * @see https://pytorch.org/docs/stable/data.html#torch.utils.data.DataLoader
 */
export class DataLoader<S, B = Collated<S>> implements AsyncIterable<B> {
  declare readonly dataset: Dataset<S> | IterableDataset<S>;
  /** Null for single samples, and with a `batchSampler`. */
  declare readonly batchSize: number | null;
  declare readonly dropLast: boolean;
  /** The order of the samples; null for a stream. */
  declare readonly sampler: Sampler | null;
  /** The positions of each batch; null for single samples and for a stream. */
  declare readonly batchSampler: Sampler<readonly number[]> | null;
  readonly generator: Generator | null;
  readonly #map: Dataset<S> | null;
  readonly #collateFn: ((samples: S[]) => B) | ((sample: S) => B) | null;
  #reported: number | null = null;

  constructor(dataset: DatasetLike<S> | IterableDataset<S>, options: DataLoaderOptions<S, B> = {}) {
    const map = isStream(dataset) ? null : asDataset("DataLoader", dataset);
    checkOptions(options, map === null);
    const { shuffle = false, dropLast = false, generator = null } = options;
    const batchSize =
      options.batchSampler !== undefined ? null : options.batchSize === undefined ? 1 : options.batchSize;
    if (batchSize !== null) checkPositive("DataLoader", "batch_size", batchSize);
    let sampler: Sampler | null = null;
    let batchSampler: Sampler<readonly number[]> | null = options.batchSampler ?? null;
    if (map !== null) {
      sampler = options.sampler ?? (shuffle ? new RandomSampler(map, { generator }) : new SequentialSampler(map));
      if (batchSize !== null) batchSampler = new BatchSampler(sampler, batchSize, dropLast);
    }
    this.generator = generator;
    this.#map = map;
    this.#collateFn = options.collateFn ?? null;
    const source = map ?? (dataset as IterableDataset<S>);
    locked<DataLoader<S, B>>(this, { dataset: source, batchSize, dropLast, sampler, batchSampler });
  }

  /** The number of batches of an epoch. Throws ValueError for a stream without a length. */
  get length(): number {
    const { batchSize } = this;
    if (this.#map === null) {
      const reported = lengthOf(this.dataset);
      this.#reported = reported;
      if (batchSize === null) return reported;
      return this.dropLast ? Math.floor(reported / batchSize) : Math.ceil(reported / batchSize);
    }
    return lengthOf((this.batchSampler ?? this.sampler) as Sampler<unknown>);
  }

  /** Begins an epoch. */
  [Symbol.asyncIterator](): LoaderIterator<B> {
    const collate = (this.#collateFn ?? defaultCollate) as (samples: S[]) => B;
    const convert = (this.#collateFn ?? defaultConvert) as (sample: S) => B;
    const { batchSize, dropLast, batchSampler } = this;
    const map = this.#map;
    if (map === null) {
      this.#drawBaseSeed();
      return new LoaderIterator(
        streamSource(this.dataset as IterableDataset<S>, {
          batchSize,
          dropLast,
          collate,
          convert,
          reported: this.#reported,
        }),
      );
    }
    if (batchSampler === null) {
      const positions = (this.sampler as Sampler)[Symbol.iterator]();
      this.#drawBaseSeed();
      return new LoaderIterator(keyedSource(positions, (index) => convert(fetchOne(map, index))));
    }
    const lists = batchSampler[Symbol.iterator]();
    this.#drawBaseSeed();
    const inOneGo = this.#collateFn === null;
    return new LoaderIterator(
      keyedSource(lists, (indices) => ((inOneGo && fetchBatch(map, indices)) || fetchEach(map, indices, collate)) as B),
    );
  }

  /** What decides the next epoch's order beside the default generator: save it between epochs, with that one's state. */
  stateDict(): SamplerState {
    const sampler = Object.entries((this.batchSampler ?? this.sampler)?.stateDict?.() ?? {});
    return {
      ...saveGenerator(this.generator),
      ...Object.fromEntries(sampler.map(([key, value]) => [`sampler.${key}`, value])),
    };
  }

  /** Goes on as the loader that was saved would have. Throws ValueError when that one had other generators. */
  loadStateDict(state: SamplerState): void {
    const { generator, ...rest } = state;
    loadGenerator("DataLoader.loadStateDict", this.generator, generator === undefined ? {} : { generator });
    const sampler = Object.entries(rest).map(([key, value]) => [key.replace(/^sampler\./, ""), value] as const);
    (this.batchSampler ?? this.sampler)?.loadStateDict?.(Object.fromEntries(sampler));
  }

  /** PyTorch draws the seed of its workers even where there are none; what is drawn afterwards depends on it. */
  #drawBaseSeed(): void {
    (this.generator ?? defaultGenerator()).random64();
  }
}

function isStream<S>(dataset: DatasetLike<S> | IterableDataset<S>): dataset is IterableDataset<S> {
  if (typeof dataset !== "object" || dataset === null || Array.isArray(dataset) || "get" in dataset) return false;
  return Symbol.iterator in dataset || Symbol.asyncIterator in dataset;
}

function lengthOf(sized: object & { readonly length?: number }): number {
  const { length } = sized;
  if (length !== undefined) return length;
  throw new ValueError(
    "DataLoader.length",
    `object of type '${sized.constructor.name}' has no len()`,
    "",
    "Give it a length, or do not ask for the number of batches.",
  );
}
