import type { Parameter } from "@kindling/nn";
import { Adam, AdamW, SGD } from "@kindling/optim";
import type { Learner } from "@kindling/trainer";
import type { CommonConfig } from "./config.ts";

/** The optimizer of a training: the notes' SGD, or another that `optimizer` names, with PyTorch's defaults beside the rate. */
export function makeOptimizer(
  { optimizer, lr }: Pick<CommonConfig, "optimizer" | "lr">,
  parameters: Iterable<Parameter>,
): Learner {
  const all = [...parameters];
  if (optimizer === "adam") return new Adam(all, { lr });
  if (optimizer === "adamw") return new AdamW(all, { lr });
  return new SGD(all, { lr, momentum: optimizer === "momentum" ? 0.9 : 0 });
}
