import { ArgumentTypeError, defaultGenerator, type Generator, ValueError } from "@kindling/core";
import { redirectPythonNames, refuseJson, StateReader, surplusArguments } from "@kindling/core/extend";
import { asDataset, type DatasetLike } from "./array-dataset.ts";
import type { Collated } from "./collated.ts";
import { defaultConvert } from "./convert.ts";
import { type BatchLoaderOptions, checkOptions, type DataLoaderOptions } from "./data-loader-options.ts";
import type { Dataset, IterableDataset } from "./dataset.ts";
import { batchReader, fetchOne } from "./fetch.ts";
import { type BatchSource, keyedSource, LoaderIterator } from "./loader-iterator.ts";
import { locked } from "./locked.ts";
import { checkPositive } from "./samplers/argument-checks.ts";
import { BatchSampler } from "./samplers/batch-sampler.ts";
import { loadSampler, readGenerator, saveGenerator } from "./samplers/generator-state.ts";
import { RandomSampler } from "./samplers/random-sampler.ts";
import type { Sampler, SamplerState } from "./samplers/sampler.ts";
import { SequentialSampler } from "./samplers/sequential-sampler.ts";
import { streamSource } from "./stream-source.ts";

/** Before the names of the sampler's states among the loader's. */
const PREFIX = "sampler.";

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
  declare readonly persistentWorkers: boolean;
  readonly #open: () => BatchSource<B>;
  /** How many samples a stream was said to have, when somebody asked. */
  #reported: number | null = null;

  constructor(dataset: DatasetLike<S> | IterableDataset<S>, options?: BatchLoaderOptions<S, B>);
  constructor(dataset: DatasetLike<S> | IterableDataset<S>, options: DataLoaderOptions<S, B>);
  constructor(dataset: DatasetLike<S> | IterableDataset<S>, options: DataLoaderOptions<S, B> = {}) {
    if (arguments.length > 2) throw surplusArguments("new DataLoader(dataset, options?)", arguments.length);
    const map = isStream(dataset) ? null : asDataset("DataLoader", dataset);
    checkOptions(options, map === null);
    const { shuffle = false, dropLast = false, generator = null, batchSize: size = 1 } = options;
    const batchSize = options.batchSampler === undefined ? size : null;
    if (batchSize !== null) checkPositive("DataLoader", "batch_size", batchSize);
    const collate = (options.collateFn ?? null) as ((samples: S[]) => B) | null;
    const convert = (options.collateFn ?? defaultConvert) as (sample: S) => B;
    let sampler: Sampler | null = null;
    let batchSampler: Sampler<readonly number[]> | null = null;
    if (map === null) {
      const stream = dataset as IterableDataset<S>;
      this.#open = () => streamSource(stream, { batchSize, dropLast, collate, convert, reported: this.#reported });
    } else {
      const order = options.sampler ?? (shuffle ? new RandomSampler(map, { generator }) : new SequentialSampler(map));
      const lists = options.batchSampler ?? (batchSize === null ? null : new BatchSampler(order, batchSize, dropLast));
      const read = batchReader(map, collate);
      this.#open =
        lists === null
          ? () => keyedSource(order[Symbol.iterator](), (index) => convert(fetchOne(map, index)))
          : () => keyedSource(lists[Symbol.iterator](), read);
      sampler = order;
      batchSampler = lists;
    }
    this.generator = generator;
    const kept = { batchSize, dropLast, sampler, batchSampler, persistentWorkers: false };
    locked<DataLoader<S, B>>(this, { ...kept, dataset: map ?? (dataset as IterableDataset<S>) });
  }

  /** The number of batches of an epoch. Throws ValueError for a stream without a length. */
  get length(): number {
    const { batchSize, dropLast, sampler } = this;
    if (sampler !== null) return lengthOf(this.batchSampler ?? sampler);
    this.#reported = lengthOf(this.dataset);
    if (batchSize === null) return this.#reported;
    return dropLast ? Math.floor(this.#reported / batchSize) : Math.ceil(this.#reported / batchSize);
  }

  /** Begins an epoch. */
  [Symbol.asyncIterator](): LoaderIterator<B> {
    const source = this.#open();
    // PyTorch draws the seed of its workers even where there are none; what is drawn afterwards depends on it.
    (this.generator ?? defaultGenerator()).random64();
    return new LoaderIterator(source);
  }

  /** @throws ArgumentTypeError always. */
  toJSON(): never {
    return refuseJson(
      this,
      "the options that it was made with; stateDict() gives what decides the order of the next epoch",
    );
  }

  /**
   * The state that decides the next epoch's order, besides the default generator: the states of the generators that the loader and its
   * sampler were given. Save it between epochs, together with the default generator's (`getRngState`).
   */
  stateDict(): SamplerState {
    if (arguments.length > 0) throw surplusArguments("DataLoader.stateDict()", arguments.length);
    const sampler = Object.entries((this.batchSampler ?? this.sampler)?.stateDict?.() ?? {});
    return {
      ...saveGenerator(this.generator),
      ...Object.fromEntries(sampler.map(([key, value]) => [PREFIX + key, value])),
    };
  }

  /**
   * Goes on as the saved loader would have.
   *
   * @throws ValueError when that one had other generators, or the state is damaged; the loader is then as it was.
   */
  loadStateDict(state: SamplerState): void {
    if (arguments.length > 1) throw surplusArguments("DataLoader.loadStateDict(state)", arguments.length);
    const op = "DataLoader.loadStateDict";
    const saved = new StateReader(op, state);
    const entries = saved.keys().map((key): [string, Uint8Array] => [key, saved.bytes(key)]);
    const own = entries.filter(([key]) => !key.startsWith(PREFIX));
    const sampler = entries
      .filter(([key]) => key.startsWith(PREFIX))
      .map(([key, bytes]): [string, Uint8Array] => [key.slice(PREFIX.length), bytes]);
    const setOwn = readGenerator(op, this.generator, Object.fromEntries(own));
    loadSampler(op, this.batchSampler ?? this.sampler, Object.fromEntries(sampler));
    setOwn();
  }
}

// No part of the type, so that TypeScript refuses the loop as well.
Object.defineProperty(DataLoader.prototype, Symbol.iterator, {
  configurable: true,
  value(): never {
    throw new ArgumentTypeError(
      "DataLoader",
      "'DataLoader' object is not iterable",
      "batches are read asynchronously",
      "Write for await (const [inputs, labels] of loader).",
    );
  },
});
redirectPythonNames(DataLoader.prototype, "DataLoader", {}, { batch_size: "loader.batchSize" });

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
