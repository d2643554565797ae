import type { Tensor } from "@kindling/core";
import { softmax } from "../functional/softmax.ts";
import { Module } from "../module.ts";
import { checkOptions } from "../options.ts";

export interface SoftmaxOptions {
  /** The dimension along which results sum to 1. PyTorch warns and guesses when there is none. */
  readonly dim?: number;
}

/**
 * `exp(x) / sum(exp(x))` along `dim`. `new Softmax(1)` or `new Softmax({ dim: 1 })`. Before `CrossEntropyLoss` there is none: it
 * takes scores.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Softmax.html
 */
export class Softmax extends Module {
  dim: number | undefined;

  constructor(options: number | SoftmaxOptions = {}) {
    super();
    this.dim = dimOption("Softmax", options);
  }

  override forward(x: Tensor): Tensor {
    return softmax(x, this.dim);
  }

  override extraRepr(): string {
    return `dim=${this.dim ?? "None"}`;
  }
}

/** The dimension, given by itself or by name. */
export function dimOption(name: string, options: number | SoftmaxOptions): number | undefined {
  if (typeof options === "number") return options;
  checkOptions(name, options, ["dim"]);
  return options.dim;
}
