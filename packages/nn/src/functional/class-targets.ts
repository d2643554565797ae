import { DTypeError, IndexOutOfRangeError, noGrad, ShapeError, type Tensor } from "@kindling/core";
import { formatShape, sameShape, scalarTypeName } from "@kindling/core/extend";
import { knownElements } from "./known-elements.ts";

/** Class labels, checked against the scores that they belong to. */
export interface ClassTargets {
  /** The dimension of the scores that runs over the classes. */
  readonly dim: number;
  readonly classes: number;
  /** The labels as int64, 0 where ignored. */
  readonly index: Tensor;
  /** Where a label counts; null when all do. */
  readonly counted: Tensor | null;
  /** How many labels count: a tensor where only the device knows. */
  readonly count: number | Tensor;
}

/**
 * Checks labels `[N]`, `[N, d1, ...]` or `[]` against scores `[N, C]`, `[N, C, d1, ...]` or `[C]`. The range is checked where the
 * labels can be read without waiting for the device.
 */
export function classTargets(op: string, scores: Tensor, target: Tensor, ignoreIndex: number): ClassTargets {
  const dim = scores.ndim === 1 ? 0 : 1;
  const classes = scores.shape[dim] as number;
  checkShapes(op, scores, target, dim);
  if (target.dtype !== "int64" && target.dtype !== "uint8") {
    throw new DTypeError(
      op,
      `expected target dtype to be Long or Byte, but got ${scalarTypeName(target.dtype)}`,
      `expected scalar type Long but found ${scalarTypeName(target.dtype)}`,
      "Class labels are integers: labels.long(); class probabilities have the shape of the scores.",
    );
  }
  const labels = knownElements(target);
  const known = labels === undefined ? undefined : countLabels(op, labels, classes, ignoreIndex);
  return noGrad(() => {
    const labelled = scores.ndim === 1 ? target.reshape([]) : target;
    const index = labelled.to("int64");
    if (known === target.numel()) return { dim, classes, index, counted: null, count: known };
    const counted = index.ne(ignoreIndex);
    const count = known ?? counted.sum().to("float32");
    return { dim, classes, index: index.maskedFill(counted.logicalNot(), 0), counted, count };
  });
}

/** How many labels are not ignored, all of them classes. */
function countLabels(op: string, labels: ArrayLike<number>, classes: number, ignoreIndex: number): number {
  let count = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    if (label === ignoreIndex) continue;
    if (label < 0 || label >= classes) {
      throw new IndexOutOfRangeError(
        op,
        `Target ${label} is out of bounds.`,
        "",
        `There are ${classes} classes, so labels lie between 0 and ${classes - 1}; ${ignoreIndex} is ignored.`,
      );
    }
    count += 1;
  }
  return count;
}

function checkShapes(op: string, scores: Tensor, target: Tensor, dim: number): void {
  const [batch = 0, ...rest] = target.shape;
  if (scores.ndim === 0) throw shapeError(op, "Expected 1 or more dimensions (got 0)", scores, target);
  if (scores.ndim === 1) {
    if (target.ndim > 1 || target.numel() !== 1) {
      throw shapeError(
        op,
        `For 1D input, 1D target must have size 1, but got target size: ${target.numel()}`,
        scores,
        target,
      );
    }
    return;
  }
  const expected = scores.shape.filter((_, i) => i !== dim);
  if (batch !== expected[0] || target.ndim === 0) {
    const rule = `Expected input batch_size (${expected[0]}) to match target batch_size (${batch}).`;
    throw shapeError(op, rule, scores, target);
  }
  if (scores.ndim === 2 && rest.length > 0) {
    throw shapeError(op, "0D or 1D target tensor expected, multi-target not supported", scores, target);
  }
  if (sameShape(expected, target.shape)) return;
  throw shapeError(
    op,
    `Expected target size ${formatShape(expected)}, got ${formatShape(target.shape)}`,
    scores,
    target,
  );
}

function shapeError(op: string, rule: string, scores: Tensor, target: Tensor): ShapeError {
  const here = `Scores are ${formatShape(scores.shape)} and labels ${formatShape(target.shape)} here`;
  return new ShapeError(op, rule, "", `${here}; they must be [N, C] and [N], with further dimensions in both.`);
}

/** Class weights `[C]`, checked. */
export function checkWeight(op: string, weight: Tensor | null, classes: number): void {
  if (weight === null || (weight.ndim === 1 && weight.shape[0] === classes)) return;
  throw new ShapeError(
    op,
    `weight tensor should be defined either for all ${classes} classes or no classes but got weight tensor of shape: ${formatShape(weight.shape)}`,
    "",
    "Give one weight a class.",
  );
}

/** Weights of labels have the dtype of the scores. */
export function checkWeightDtype(op: string, weight: Tensor | null, scores: Tensor): void {
  if (weight === null || weight.dtype === scores.dtype) return;
  throw new DTypeError(
    op,
    `expected scalar type ${scalarTypeName(scores.dtype)} but found ${scalarTypeName(weight.dtype)}`,
    "the weights are of another dtype than the scores",
    "Convert: weight.typeAs(scores).",
  );
}
