import { describe, expect, test } from "vitest";
import { KindlingError, oneHot, tensor, zeros } from "../index.ts";

describe("is refused in PyTorch's words", () => {
  test.each<readonly [string, () => unknown, string]>([
    [
      "softmax of whole numbers",
      () => zeros([2], { dtype: "int64" }).softmax(0),
      "\"softmax_lastdim_kernel_impl\" not implemented for 'Long'",
    ],
    [
      "logSoftmax of whole numbers",
      () => zeros([2], { dtype: "int64" }).logSoftmax(0),
      "\"log_softmax_lastdim_kernel_impl\" not implemented for 'Long'",
    ],
    [
      "softmax along a dimension that is not there",
      () => zeros([2, 3]).softmax(2),
      "Dimension out of range (expected to be in range of [-2, 1], but got 2)",
    ],
    [
      "oneHot of a class too high",
      () => oneHot(tensor([3], { dtype: "int64" }), 3),
      "Class values must be smaller than num_classes.",
    ],
    [
      "oneHot of a negative class",
      () => oneHot(tensor([-1], { dtype: "int64" })),
      "Class values must be non-negative.",
    ],
    ["oneHot of floats", () => oneHot(tensor([0.5])), "one_hot is only applicable to index tensor of type LongTensor."],
  ])("%s", (_, use, message) => {
    expect(use).toThrow(message);
    expect(use).toThrow(KindlingError);
  });
});
