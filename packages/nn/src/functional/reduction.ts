import { type Tensor, ValueError } from "@kindling/core";

/** How the losses of single elements are reduced. */
export type Reduction = "none" | "mean" | "sum";

export interface ReductionOptions {
  /** Default: `"mean"`. */
  readonly reduction?: Reduction;
}

/** Throws for what is not a reduction. */
export function checkReduction(op: string, reduction: Reduction): void {
  if (["none", "mean", "sum"].includes(reduction)) return;
  throw new ValueError(
    op,
    `${String(reduction)} is not a valid value for reduction`,
    "",
    'It is "none", "mean" or "sum".',
  );
}

export function reduce(loss: Tensor, reduction: Reduction): Tensor {
  if (reduction === "mean") return loss.mean();
  return reduction === "sum" ? loss.sum() : loss;
}
