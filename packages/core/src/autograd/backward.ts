import { checkOptions } from "../base/options.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { rootOf, walk } from "./engine.ts";

export interface BackwardOptions {
  /** The gradient of what comes after this tensor; 1 for scalars. */
  readonly gradient?: Tensor;
  /** Keep what was saved, for another backward through the same graph. Default: `createGraph`. */
  readonly retainGraph?: boolean;
  /** Record the computation of the gradients, for derivatives of derivatives. */
  readonly createGraph?: boolean;
}

/**
 * Adds the gradients of `output` into `grad` of the leaves it was computed from.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.backward.html
 * @example const x = tensor([3], { requiresGrad: true }); x.square().sum().backward(); x.grad // tensor([6.])
 */
export function backward(output: Tensor, options: BackwardOptions = {}): void {
  if (arguments.length > 2) throw surplusArguments("backward(output, options?)", arguments.length);
  checkOptions("backward", options, ["gradient", "retainGraph", "createGraph"]);
  const root = rootOf("backward", output, options.gradient, 0);
  const createGraph = options.createGraph ?? false;
  walk([root], { createGraph, retainGraph: options.retainGraph ?? createGraph });
}
