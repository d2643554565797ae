import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor, onOneDevice } from "@kindling/core/extend";
import { checkReduction, type ReductionOptions, reduce } from "./reduction.ts";
import { warnOfBroadcast } from "./warn-of-broadcast.ts";

/**
 * `|x - y|`, its mean over all elements by default.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.l1_loss.html
 */
export function l1Loss(input: Tensor, target: Tensor, options: ReductionOptions = {}): Tensor {
  checkOptions("l1Loss", options, ["reduction"]);
  const { reduction = "mean" } = options;
  checkTensor("l1Loss", input);
  checkTensor("l1Loss", target, "target", 2);
  checkReduction("l1Loss", reduction);
  onOneDevice("l1Loss", [input, target]);
  warnOfBroadcast(input, target);
  return reduce(input.sub(target).abs(), reduction);
}
