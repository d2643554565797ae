import { describe, expect, test } from "vitest";
import { KindlingError, linear, zeros } from "../index.ts";

describe("is refused in PyTorch's words", () => {
  test.each<readonly [string, () => unknown, string]>([
    [
      "mm of other sizes",
      () => zeros([4, 100]).mm(zeros([784, 10])),
      "mat1 and mat2 shapes cannot be multiplied (4x100 and 784x10)",
    ],
    ["mm of a vector", () => zeros([2]).mm(zeros([2, 2])), "self must be a matrix"],
    ["mm by a vector", () => zeros([2, 2]).mm(zeros([2])), "mat2 must be a matrix"],
    [
      "matmul of other sizes",
      () => zeros([2, 3]).matmul(zeros([2, 3])),
      "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)",
    ],
    [
      "matmul of a scalar",
      () => zeros([]).matmul(zeros([2])),
      "both arguments to matmul need to be at least 1D, but they are 0D and 1D",
    ],
    [
      "matmul of vectors of other sizes",
      () => zeros([3]).matmul(zeros([2])),
      "inconsistent tensor size, expected tensor [3] and src [2] to have the same number of elements, but got 3 and 2 elements respectively",
    ],
    [
      "matmul by a vector of another size",
      () => zeros([2, 3]).matmul(zeros([2])),
      "size mismatch, got input (2), mat (2x3), vec (2)",
    ],
    [
      "matmul of other batches",
      () => zeros([2, 2, 3]).matmul(zeros([3, 3, 2])),
      "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0",
    ],
    [
      "matmul of other dtypes",
      () => zeros([2, 2]).matmul(zeros([2, 2], { dtype: "int64" })),
      "expected m1 and m2 to have the same dtype, but got: float != long int",
    ],
    ["bmm of matrices", () => zeros([2, 2]).bmm(zeros([2, 2])), "batch1 must be a 3D tensor"],
    ["bmm by a matrix", () => zeros([1, 2, 3]).bmm(zeros([1, 3])), "batch2 must be a 3D tensor"],
    [
      "bmm of other sizes",
      () => zeros([2, 2, 3]).bmm(zeros([2, 2, 3])),
      "Expected size for first two dimensions of batch2 tensor to be: [2, 3] but got: [2, 2].",
    ],
    ["dot of matrices", () => zeros([2, 2]).dot(zeros([2])), "1D tensors expected, but got 2D and 1D tensors"],
    [
      "dot of other dtypes",
      () => zeros([3]).dot(zeros([3], { dtype: "int64" })),
      "dot : expected both vectors to have same dtype, but found Float and Long",
    ],
    ["mv by a matrix", () => zeros([2, 2]).mv(zeros([2, 2])), "vector + matrix @ vector expected, got 1, 2, 2"],
    ["outer by a matrix", () => zeros([2]).outer(zeros([2, 2])), "outer: Expected 1-D argument vec2, but got 2-D"],
    [
      "linear of other sizes",
      () => linear(zeros([32, 28]), zeros([128, 784])),
      "mat1 and mat2 shapes cannot be multiplied (32x28 and 784x128)",
    ],
    [
      "linear of bytes",
      () => linear(zeros([2, 3], { dtype: "uint8" }), zeros([4, 3])),
      "mat1 and mat2 must have the same dtype, but got Byte and Float",
    ],
  ])("%s", (_, use, message) => {
    expect(use).toThrow(message);
    expect(use).toThrow(KindlingError);
  });
});
