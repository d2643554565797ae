import type { Tensor } from "@kindling/core";

export interface InplaceOptions {
  /** Overwrite the input instead of making a new tensor. Default: false. */
  readonly inplace?: boolean;
}

/**
 * `max(x, 0)`, element by element.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.relu.html
 */
export function relu(x: Tensor, { inplace = false }: InplaceOptions = {}): Tensor {
  return inplace ? x.relu_() : x.relu();
}
