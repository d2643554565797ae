import { defaultGenerator, type Generator, isTensor, ShapeError, type Tensor } from "@kindling/core";
import { checkBoolean, checkPositive } from "./argument-checks.ts";
import { loadGenerator, saveGenerator } from "./generator-state.ts";
import { multinomial } from "./multinomial.ts";
import type { Sampler, SamplerState } from "./sampler.ts";

export interface WeightedRandomSamplerOptions {
  /** Whether a position may come more than once. Default: true. */
  readonly replacement?: boolean;
  /** Default: null, the default generator. */
  readonly generator?: Generator | null;
}

/**
 * `numSamples` positions, each drawn in proportion to its weight.
 *
 * @see https://pytorch.org/docs/stable/data.html#torch.utils.data.WeightedRandomSampler
 */
export class WeightedRandomSampler implements Sampler {
  readonly weights: Float64Array;
  readonly numSamples: number;
  readonly replacement: boolean;
  readonly generator: Generator | null;

  constructor(weights: ArrayLike<number> | Tensor, numSamples: number, options: WeightedRandomSamplerOptions = {}) {
    this.replacement = options.replacement ?? true;
    this.generator = options.generator ?? null;
    checkPositive("WeightedRandomSampler", "num_samples", numSamples);
    checkBoolean("WeightedRandomSampler", "replacement", this.replacement);
    this.weights = Float64Array.from(isTensor(weights) ? vector(weights) : weights);
    this.numSamples = numSamples;
  }

  get length(): number {
    return this.numSamples;
  }

  *[Symbol.iterator](): Iterator<number> {
    const generator = this.generator ?? defaultGenerator();
    yield* multinomial(generator, this.weights, this.numSamples, this.replacement);
  }

  stateDict(): SamplerState {
    return saveGenerator(this.generator);
  }

  loadStateDict(state: SamplerState): void {
    loadGenerator("WeightedRandomSampler.loadStateDict", this.generator, state);
  }
}

function vector(weights: Tensor): ArrayLike<number> {
  if (weights.ndim === 1) return weights.dataSync();
  throw new ShapeError(
    "WeightedRandomSampler",
    `weights should be a 1d sequence but given weights have shape (${weights.shape.join(", ")})`,
    "",
    "Give one weight for each sample.",
  );
}
