import { isFloat } from "../base/dtype.ts";
import { DTypeError, IndexOutOfRangeError, ValueError } from "../base/errors.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { defineOp, kernel } from "../graph/op.ts";
import { checkInt, checkTensor } from "../tensor/arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { cast } from "./conversion.ts";
import { elementsAtOnce } from "./index-tensor.ts";

const oneHotOp = defineOp<number>("oneHot", {
  forward([x], depth) {
    const index = cast(x as Tensor, "int32");
    return kernel("oneHot", { index }, { depth }, [...index.shape, depth], "int64");
  },
});

/**
 * A row of `numClasses` for each class index, 1 at the class and 0 elsewhere (`int64`). Without `numClasses` the indices
 * are read for the largest.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.one_hot.html
 */
export function oneHot(x: Tensor, numClasses = -1): Tensor {
  if (arguments.length > 2) throw surplusArguments("oneHot(x, numClasses?)", arguments.length);
  checkInt("oneHot", numClasses, "num_classes", 2);
  checkTensor("oneHot", x);
  if (isFloat(x.dtype)) {
    throw new DTypeError(
      "oneHot",
      "one_hot is only applicable to index tensor of type LongTensor.",
      `got ${x.dtype}`,
      "Convert it: labels.long().",
    );
  }
  if (x.numel() === 0 && numClasses <= 0) {
    throw new ValueError(
      "oneHot",
      "Can not infer total number of classes from empty tensor.",
      "",
      "Give it: oneHot(labels, 10).",
    );
  }
  const known = elementsAtOnce(x) ?? (numClasses < 0 ? x.toTypedArraySync() : undefined);
  let [low, high] = [0, -1];
  for (const value of known ?? []) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low < 0 || (numClasses >= 0 && high >= numClasses)) {
    throw new IndexOutOfRangeError(
      "oneHot",
      low < 0 ? "Class values must be non-negative." : "Class values must be smaller than num_classes.",
      `got ${low < 0 ? low : high}${numClasses >= 0 ? ` with ${numClasses} classes` : ""}`,
    );
  }
  return oneHotOp([x], numClasses < 0 ? high + 1 : numClasses);
}
