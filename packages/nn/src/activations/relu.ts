import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor } from "@kindling/core/extend";
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
    super();
    checkLayerOptions("ReLU", options, ["inplace"]);
    this.inplace = options.inplace ?? false;
  }

  override forward(x: Tensor): Tensor {
    return relu(x, { inplace: this.inplace });
  }

  override extraRepr(): string {
    return this.inplace ? "inplace=True" : "";
  }
}
