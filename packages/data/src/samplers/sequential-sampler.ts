import { surplusArguments } from "@kindling/core/extend";
import { type Sampler, type Sized, sizeOf } from "./sampler.ts";

/**
 * Every position, in order.
 *
 * @see https://pytorch.org/docs/stable/data.html#torch.utils.data.SequentialSampler
 */
export class SequentialSampler implements Sampler {
  readonly dataSource: Sized;

  constructor(dataSource: Sized) {
    if (arguments.length > 1) throw surplusArguments("new SequentialSampler(dataSource)", arguments.length);
    this.dataSource = dataSource;
  }

  get length(): number {
    return sizeOf(this.dataSource);
  }

  *[Symbol.iterator](): Iterator<number> {
    for (let i = 0; i < this.length; i++) yield i;
  }
}
