import { ShapeError, type Tensor, ValueError } from "@kindling/core";
import { isFloat } from "@kindling/core/extend";

/**
 * Whether `preds` are scores, `[N, C, ...]` floats to `target` `[N, ...]`, rather than classes of target's shape.
 *
 * @throws ShapeError, ValueError for anything else.
 */
export function areScores(op: string, preds: Tensor, target: Tensor): boolean {
  if (isFloat(target.dtype)) {
    throw new ValueError(
      op,
      "The `target` has to be an integer tensor",
      `its dtype is ${target.dtype}`,
      "Convert it: target.long().",
    );
  }
  const scores = preds.ndim === target.ndim + 1;
  const rest = scores ? [preds.shape[0], ...preds.shape.slice(2)] : preds.shape;
  if (rest.length !== target.ndim || rest.some((size, i) => size !== target.shape[i])) {
    throw new ShapeError(
      op,
      "Either `preds` and `target` both should have the (same) shape (N, ...), or `target` should be (N, ...) and `preds` should be (N, C, ...)",
      `preds are [${preds.shape.join(", ")}] and target [${target.shape.join(", ")}]`,
      "Classes are dimension 1 of scores.",
    );
  }
  if (scores === isFloat(preds.dtype)) return scores;
  throw new ValueError(
    op,
    scores
      ? "If `preds` have one dimension more than `target`, `preds` should be a float tensor"
      : "If `preds` and `target` have the same shape, `preds` should be an int tensor",
    `the dtype is ${preds.dtype}`,
    scores ? "Give scores or probabilities." : "Give classes: scores.argmax(1).",
  );
}
