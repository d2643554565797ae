import { expect, test } from "vitest";
import { conv1d, conv2d, convTranspose2d, KindlingError, type Tensor, zeros } from "../../index.ts";

class Linear {}

test.each<readonly [string, () => unknown, string]>([
  [
    "a layer and a number",
    () => conv2d(new Linear() as Tensor, 3 as unknown as Tensor),
    "conv2d() received an invalid combination of arguments - got (Linear, int)",
  ],
  [
    "a number as the bias",
    () => convTranspose2d(zeros([1, 1, 2, 2]), zeros([1, 1, 2, 2]), 1 as unknown as Tensor),
    "conv_transpose2d() received an invalid combination of arguments - got (Tensor, Tensor, int)",
  ],
  [
    "a kernel without size",
    () => conv2d(zeros([1, 1, 3, 3]), zeros([1, 1, 2, 0])),
    "kernel size should be greater than zero, but got kernel_height: 2 kernel_width: 0",
  ],
  [
    "a kernel without length",
    () => conv1d(zeros([1, 1, 3]), zeros([1, 1, 0])),
    "kernel size should be greater than zero, but got kernel_height: 1 kernel_width: 0",
  ],
  [
    "a transposed kernel without size",
    () => convTranspose2d(zeros([1, 1, 3, 3]), zeros([1, 1, 0, 0])),
    "kernel size should be greater than zero, but got kernel_height: 0 kernel_width: 0",
  ],
])("%s is refused in PyTorch's words", (_, compute, message) => {
  expect(compute).toThrow(KindlingError);
  expect(compute).toThrow(message);
});
