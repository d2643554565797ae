import { ValueError } from "@kindling/core";
import { surplusArguments } from "@kindling/core/extend";
import { checkBoolean, checkPositive } from "./argument-checks.ts";
import { loadSampler } from "./generator-state.ts";
import type { Sampler, SamplerState } from "./sampler.ts";

/**
 * The positions of another sampler in lists of `batchSize`; the last one may be shorter, or is left out (`dropLast`).
 *
 * @see https://pytorch.org/docs/stable/data.html#torch.utils.data.BatchSampler
 */
export class BatchSampler implements Sampler<number[]> {
  readonly sampler: Sampler;
  readonly batchSize: number;
  readonly dropLast: boolean;

  constructor(sampler: Sampler, batchSize: number, dropLast: boolean) {
    if (arguments.length > 3)
      throw surplusArguments("new BatchSampler(sampler, batchSize, dropLast)", arguments.length);
    checkPositive("BatchSampler", "batch_size", batchSize);
    checkBoolean("BatchSampler", "drop_last", dropLast);
    this.sampler = sampler;
    this.batchSize = batchSize;
    this.dropLast = dropLast;
  }

  get length(): number {
    const { length } = this.sampler;
    if (length === undefined) {
      throw new ValueError(
        "BatchSampler.length",
        `object of type '${this.sampler.constructor.name}' has no len()`,
        "",
        "Give the sampler a length, or do not ask for the number of batches.",
      );
    }
    return this.dropLast ? Math.floor(length / this.batchSize) : Math.ceil(length / this.batchSize);
  }

  *[Symbol.iterator](): Iterator<number[]> {
    let batch: number[] = [];
    for (const index of this.sampler) {
      batch.push(index);
      if (batch.length < this.batchSize) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0 && !this.dropLast) yield batch;
  }

  stateDict(): SamplerState {
    if (arguments.length > 0) throw surplusArguments("BatchSampler.stateDict()", arguments.length);
    return this.sampler.stateDict?.() ?? {};
  }

  loadStateDict(state: SamplerState): void {
    if (arguments.length > 1) throw surplusArguments("BatchSampler.loadStateDict(state)", arguments.length);
    loadSampler("BatchSampler.loadStateDict", this.sampler, state);
  }
}
