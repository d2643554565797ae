import { type Generator, ValueError } from "@kindling/core";
import { checkOptions as checkNames, isGenerator, warn } from "@kindling/core/extend";
import type { Sampler } from "./samplers/sampler.ts";

interface CommonOptions {
  /** Whether each epoch has its own random order. Default: false. */
  readonly shuffle?: boolean;
  /** The order of the samples; in place of `shuffle`. */
  readonly sampler?: Sampler;
  /** Lists of positions, a list a batch; in place of `batchSize`, `shuffle`, `sampler` and `dropLast`. */
  readonly batchSampler?: Sampler<readonly number[]>;
  /** Only 0 as yet: samples are read where the loop runs. Default: 0. */
  readonly numWorkers?: number;
  /** There is no pinned memory here: true is without effect but for PyTorch's warning. Default: false. */
  readonly pinMemory?: boolean;
  /** Whether a last batch that is not full is left out. Default: false. */
  readonly dropLast?: boolean;
  /** For workers only. Default: 0. */
  readonly timeout?: number;
  /** The source of the base seed and the shuffle. Default: the default generator. */
  readonly generator?: Generator;
  /** For workers only. */
  readonly prefetchFactor?: number;
  /** For workers only. Default: false. */
  readonly persistentWorkers?: boolean;
}

interface BatchOptions<S, B> {
  /** Samples in a batch; null for single samples, as the data set gives them. Default: 1. */
  readonly batchSize?: number | undefined;
  /** Makes a batch of a list of samples. Default: `defaultCollate`. */
  readonly collateFn?: (samples: S[]) => B;
}

interface SingleOptions<S, B> {
  readonly batchSize: null;
  /** Converts a sample. Default: `defaultConvert`. */
  readonly collateFn?: (sample: S) => B;
}

/** The options of a `DataLoader` of batches. */
export type BatchLoaderOptions<S, B> = CommonOptions & BatchOptions<S, B>;

/** The options of `DataLoader`, with PyTorch's names and defaults. */
export type DataLoaderOptions<S, B> = BatchLoaderOptions<S, B> | (CommonOptions & SingleOptions<S, B>);

type AnyOptions = DataLoaderOptions<never, unknown>;

const KNOWN: Record<keyof AnyOptions, true> = {
  batchSize: true,
  shuffle: true,
  sampler: true,
  batchSampler: true,
  numWorkers: true,
  collateFn: true,
  pinMemory: true,
  dropLast: true,
  timeout: true,
  generator: true,
  prefetchFactor: true,
  persistentWorkers: true,
};

/** Throws ValueError, in PyTorch's words and order, for options that make no sense by themselves or together. */
export function checkOptions(options: AnyOptions, iterable: boolean): void {
  checkNames("DataLoader", options, Object.keys(KNOWN), "DataLoader.__init__()");
  checkKinds(options);
  checkWorkers(options);
  if (iterable) checkIterable(options);
  if (options.pinMemory === true) {
    warn("'pin_memory' argument is set as true but no accelerator is found, then device pinned memory won't be used.");
  }
  const { shuffle = false, sampler, batchSampler, batchSize = 1, dropLast = false } = options;
  if (sampler !== undefined && shuffle) {
    throw refuse(
      "sampler option is mutually exclusive with shuffle",
      "Omit shuffle, or use a RandomSampler as sampler.",
    );
  }
  if (batchSampler !== undefined && (batchSize !== 1 || shuffle || sampler !== undefined || dropLast)) {
    throw refuse(
      "batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and drop_last",
      "A batchSampler decides all of these: omit them.",
    );
  }
  if (batchSampler === undefined && batchSize === null && dropLast) {
    throw refuse(
      "batch_size=None option disables auto-batching and is mutually exclusive with drop_last",
      "Omit dropLast, or give batchSize a number.",
    );
  }
}

/** Refuses options that fail only at the first batch in PyTorch. */
function checkKinds({ generator, collateFn }: AnyOptions): void {
  if (generator !== undefined && generator !== null && !isGenerator(generator)) {
    throw refuse(
      `generator must be a Generator, but got ${String(generator)}`,
      "Give one: new Generator().manualSeed(3).",
    );
  }
  if (collateFn !== undefined && collateFn !== null && typeof collateFn !== "function") {
    throw refuse(`collate_fn must be a function, but got ${String(collateFn)}`, "Omit collateFn for the default.");
  }
}

function checkWorkers({ numWorkers = 0, timeout = 0, prefetchFactor, persistentWorkers = false }: AnyOptions): void {
  if (numWorkers < 0) {
    throw refuse(
      "num_workers option should be non-negative; use num_workers=0 to disable multiprocessing.",
      "Omit numWorkers.",
    );
  }
  if (timeout < 0) throw refuse("timeout option should be non-negative", "Omit timeout.");
  if (numWorkers === 0 && prefetchFactor !== undefined) {
    throw refuse(
      "prefetch_factor option could only be specified in multiprocessing.let num_workers > 0 to enable multiprocessing, otherwise set prefetch_factor to None.",
      "Omit prefetchFactor.",
    );
  }
  if (prefetchFactor !== undefined && prefetchFactor < 0) {
    throw refuse("prefetch_factor option should be non-negative", "Omit prefetchFactor.");
  }
  if (persistentWorkers && numWorkers === 0) {
    throw refuse("persistent_workers option needs num_workers > 0", "Omit persistentWorkers.");
  }
  if (numWorkers > 0) {
    throw refuse(
      `numWorkers > 0 is not supported yet, but got numWorkers=${numWorkers}`,
      "Omit it: a data set with getBatch reads a batch faster than it could be handed over from a worker.",
    );
  }
  if (timeout > 0) {
    throw refuse("_SingleProcessDataLoaderIter requires timeout == 0", "Omit timeout: it is for workers.");
  }
}

function checkIterable({ shuffle = false, sampler, batchSampler }: AnyOptions): void {
  const expected = "DataLoader with IterableDataset: expected unspecified";
  if (shuffle) {
    throw refuse(
      `${expected} shuffle option, but got shuffle=True`,
      "A stream has no order but its own: shuffle there.",
    );
  }
  if (sampler !== undefined) {
    throw refuse(
      `${expected} sampler option, but got sampler=${describe(sampler)}`,
      "A stream has no positions to choose from: omit sampler.",
    );
  }
  if (batchSampler !== undefined) {
    throw refuse(
      `${expected} batch_sampler option, but got batch_sampler=${describe(batchSampler)}`,
      "A stream has no positions to choose from: use batchSize.",
    );
  }
}

function refuse(rule: string, wayOut: string): ValueError {
  return new ValueError("DataLoader", rule, "", wayOut);
}

function describe(sampler: object): string {
  return Array.isArray(sampler) ? JSON.stringify(sampler).replaceAll(",", ", ") : sampler.constructor.name;
}
