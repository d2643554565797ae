import type { DType, Tensor } from "@kindling/core";
import { checkTensor, surplusArguments, warn } from "@kindling/core/extend";
import { Module } from "../module.ts";
import { checkLayerOptions } from "../options.ts";

/**
 * `exp(x) / sum(exp(x))` along `dim`: positive, with sum 1. `dtype` is what `x` is converted to first.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.softmax.html
 */
export function softmax(x: Tensor, dim?: number, options: { readonly dtype?: DType } = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("softmax(x, dim?, options?)", arguments.length);
  checkTensor("softmax", x);
  return x.softmax(dim ?? implicitDim("softmax", x), options);
}

/** The dimension that PyTorch chooses, with a warning, when none is given. */
export function implicitDim(name: string, x: Tensor): number {
  warn(
    `Implicit dimension choice for ${name} has been deprecated. Change the call to include dim=X as an argument. (Here: pass the dimension, 1 for a batch of scores.)`,
  );
  return [0, 1, 3].includes(x.ndim) ? 0 : 1;
}

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
    if (arguments.length > 1) throw surplusArguments("new Softmax(options?)", arguments.length);
    super();
    this.dim = dimOption("Softmax", options);
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Softmax.forward(x)", arguments.length);
    return softmax(x, this.dim);
  }

  override extraRepr(): string {
    if (arguments.length > 0) throw surplusArguments("Softmax.extraRepr()", arguments.length);
    return `dim=${this.dim ?? "None"}`;
  }
}

/** The dimension, given by itself or by name. */
export function dimOption(name: string, options: number | SoftmaxOptions): number | undefined {
  const given = typeof options === "number" ? { dim: options } : options;
  checkLayerOptions(name, given, ["dim"]);
  return given.dim;
}
