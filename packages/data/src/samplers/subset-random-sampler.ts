import { defaultGenerator, type Generator, randperm } from "@kindling/core";
import { checkOptions, surplusArguments } from "@kindling/core/extend";
import { loadGenerator, saveGenerator } from "./generator-state.ts";
import type { Sampler, SamplerState } from "./sampler.ts";

export interface SubsetRandomSamplerOptions {
  /** Default: null, the default generator. */
  readonly generator?: Generator | null;
}

/**
 * The given positions, in random order.
 *
 * @see https://pytorch.org/docs/stable/data.html#torch.utils.data.SubsetRandomSampler
 */
export class SubsetRandomSampler implements Sampler {
  readonly indices: readonly number[] | Int32Array;
  readonly generator: Generator | null;

  constructor(indices: readonly number[] | Int32Array, options: SubsetRandomSamplerOptions = {}) {
    if (arguments.length > 2) throw surplusArguments("new SubsetRandomSampler(indices, options?)", arguments.length);
    checkOptions("SubsetRandomSampler", options, ["generator"], "SubsetRandomSampler.__init__()");
    this.indices = indices;
    this.generator = options.generator ?? null;
  }

  get length(): number {
    return this.indices.length;
  }

  *[Symbol.iterator](): Iterator<number> {
    const order = randperm(this.indices.length, { generator: this.generator ?? defaultGenerator() }).toTypedArraySync();
    for (const i of order) yield this.indices[i] as number;
  }

  stateDict(): SamplerState {
    if (arguments.length > 0) throw surplusArguments("SubsetRandomSampler.stateDict()", arguments.length);
    return saveGenerator(this.generator);
  }

  loadStateDict(state: SamplerState): void {
    if (arguments.length > 1) throw surplusArguments("SubsetRandomSampler.loadStateDict(state)", arguments.length);
    loadGenerator("SubsetRandomSampler.loadStateDict", this.generator, state);
  }
}
