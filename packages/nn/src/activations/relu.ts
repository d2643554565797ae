import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor, surplusArguments } from "@kindling/core/extend";
import { Module } from "../module.ts";
import { checkLayerOptions } from "../options.ts";

export interface InplaceOptions {
  /** Overwrite the input instead of making a new tensor. Default: false. */
  readonly inplace?: boolean;
}

/**
 * `max(x, 0)`, element by element.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.relu.html
 */
export function relu(x: Tensor, options: InplaceOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("relu(x, options?)", arguments.length);
  checkOptions("relu", options, ["inplace"]);
  const { inplace = false } = options;
  checkTensor("relu", x);
  return inplace ? x.relu_() : x.relu();
}

/**
 * `max(x, 0)`, element by element.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.ReLU.html
 */
export class ReLU extends Module {
  inplace: boolean;

  constructor(options: InplaceOptions = {}) {
    if (arguments.length > 1) throw surplusArguments("new ReLU(options?)", arguments.length);
    super();
    checkLayerOptions("ReLU", options, ["inplace"]);
    this.inplace = options.inplace ?? false;
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("ReLU.forward(x)", arguments.length);
    return relu(x, { inplace: this.inplace });
  }

  override extraRepr(): string {
    if (arguments.length > 0) throw surplusArguments("ReLU.extraRepr()", arguments.length);
    return this.inplace ? "inplace=True" : "";
  }
}
