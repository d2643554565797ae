import { defaultGenerator, Generator, randint, randperm } from "@kindling/core";
import { checkOptions, surplusArguments } from "@kindling/core/extend";
import { checkBoolean, checkPositive } from "./argument-checks.ts";
import { loadGenerator, saveGenerator } from "./generator-state.ts";
import { type Sampler, type SamplerState, type Sized, sizeOf } from "./sampler.ts";

export interface RandomSamplerOptions {
  /** Whether a position may come twice before all others have come. Default: false. */
  readonly replacement?: boolean;
  /** How many positions an epoch has. Default: as many as there are. */
  readonly numSamples?: number | null;
  /** Default: null, a new one for each epoch, seeded by the default generator. */
  readonly generator?: Generator | null;
}

/** How many positions are drawn at once with replacement. */
const CHUNK = 32;

/**
 * Positions in random order. Draws as PyTorch does: without `generator` one 64-bit seed from the default generator, for a
 * generator of its own; with `generator` all from that, and at the end of an epoch one permutation more than is used.
 *
 * @see https://pytorch.org/docs/stable/data.html#torch.utils.data.RandomSampler
 */
export class RandomSampler implements Sampler {
  readonly dataSource: Sized;
  readonly replacement: boolean;
  readonly generator: Generator | null;
  readonly #numSamples: number | null;

  constructor(dataSource: Sized, options: RandomSamplerOptions = {}) {
    if (arguments.length > 2) throw surplusArguments("new RandomSampler(dataSource, options?)", arguments.length);
    checkOptions("RandomSampler", options, ["replacement", "numSamples", "generator"], "RandomSampler.__init__()");
    this.dataSource = dataSource;
    this.replacement = options.replacement ?? false;
    this.generator = options.generator ?? null;
    this.#numSamples = options.numSamples ?? null;
    checkBoolean("RandomSampler", "replacement", this.replacement);
    const isEmpty = this.#numSamples === null && this.numSamples === 0;
    const wayOut = isEmpty ? "The data set is empty: check how it was loaded, or omit shuffle." : undefined;
    checkPositive("RandomSampler", "num_samples", this.numSamples, wayOut);
  }

  get numSamples(): number {
    return this.#numSamples ?? sizeOf(this.dataSource);
  }

  get length(): number {
    return this.numSamples;
  }

  *[Symbol.iterator](): Iterator<number> {
    const count = sizeOf(this.dataSource);
    const wanted = this.numSamples;
    const generator = this.generator ?? new Generator(defaultGenerator().random64() & (2n ** 63n - 1n));
    const size = this.replacement ? CHUNK : count;
    for (let whole = 0; whole < Math.floor(wanted / size); whole++) yield* this.#draw(generator, count, size);
    if (this.replacement) yield* this.#draw(generator, count, wanted % size);
    // The last permutation is drawn even when none of it is used: what the generator gives next depends on it.
    else yield* this.#draw(generator, count, size).subarray(0, wanted % size);
  }

  stateDict(): SamplerState {
    if (arguments.length > 0) throw surplusArguments("RandomSampler.stateDict()", arguments.length);
    return saveGenerator(this.generator);
  }

  loadStateDict(state: SamplerState): void {
    if (arguments.length > 1) throw surplusArguments("RandomSampler.loadStateDict(state)", arguments.length);
    loadGenerator("RandomSampler.loadStateDict", this.generator, state);
  }

  #draw(generator: Generator, count: number, size: number): Int32Array {
    const drawn = this.replacement
      ? randint(0, count, [size], { dtype: "int32", generator })
      : randperm(count, { dtype: "int32", generator });
    return drawn.toTypedArraySync() as Int32Array;
  }
}
