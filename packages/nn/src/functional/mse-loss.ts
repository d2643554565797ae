import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor, onOneDevice } from "@kindling/core/extend";
import { checkReduction, type ReductionOptions, reduce } from "./reduction.ts";
import { warnOfBroadcast } from "./warn-of-broadcast.ts";

/**
 * `(x - y)²`, its mean over all elements by default.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html
 */
export function mseLoss(input: Tensor, target: Tensor, options: ReductionOptions = {}): Tensor {
  checkOptions("mseLoss", options, ["reduction"]);
  const { reduction = "mean" } = options;
  checkTensor("mseLoss", input);
  checkTensor("mseLoss", target, "target", 2);
  checkReduction("mseLoss", reduction);
  onOneDevice("mseLoss", [input, target]);
  warnOfBroadcast(input, target);
  return reduce(input.sub(target).square(), reduction);
}
