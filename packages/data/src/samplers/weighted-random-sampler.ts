import { defaultGenerator, type Generator, isTensor, ShapeError, type Tensor } from "@kindling/core";
import { checkOptions, surplusArguments } from "@kindling/core/extend";
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
    if (arguments.length > 3)
      throw surplusArguments("new WeightedRandomSampler(weights, numSamples, options?)", arguments.length);
    checkOptions("WeightedRandomSampler", options, ["replacement", "generator"], "WeightedRandomSampler.__init__()");
    this.replacement = options.replacement ?? true;
    this.generator = options.generator ?? null;
    checkPositive("WeightedRandomSampler", "num_samples", numSamples);
    checkBoolean("WeightedRandomSampler", "replacement", this.replacement);
    this.weights = vector(weights);
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
    if (arguments.length > 0) throw surplusArguments("WeightedRandomSampler.stateDict()", arguments.length);
    return saveGenerator(this.generator);
  }

  loadStateDict(state: SamplerState): void {
    if (arguments.length > 1) throw surplusArguments("WeightedRandomSampler.loadStateDict(state)", arguments.length);
    loadGenerator("WeightedRandomSampler.loadStateDict", this.generator, state);
  }
}

function vector(weights: ArrayLike<number> | Tensor): Float64Array {
  const shape = isTensor(weights) ? weights.shape : shapeOf(weights);
  if (shape.length === 1) return Float64Array.from(isTensor(weights) ? weights.toTypedArraySync() : weights);
  throw new ShapeError(
    "WeightedRandomSampler",
    `weights should be a 1d sequence but given weights have shape (${shape.join(", ")})`,
    "",
    "Give one weight for each sample.",
  );
}

function shapeOf(weights: unknown): number[] {
  if (typeof weights !== "object" || weights === null || !("length" in weights)) return [];
  return [weights.length as number, ...shapeOf((weights as ArrayLike<unknown>)[0])];
}
