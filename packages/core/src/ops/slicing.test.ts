import { describe, expect, test } from "vitest";
import { KindlingError, pad, zeros } from "../index.ts";

describe("is refused in PyTorch's words", () => {
  test.each<readonly [string, () => unknown, string]>([
    [
      "select past the end",
      () => zeros([2, 3]).select(0, 2),
      "select(): index 2 out of range for tensor of size [2, 3] at dimension 0",
    ],
    [
      "select before the start",
      () => zeros([2, 3]).select(1, -4),
      "select(): index -4 out of range for tensor of size [2, 3] at dimension 1",
    ],
    ["select of a scalar", () => zeros([]).select(0, 0), "select() cannot be applied to a 0-dim tensor."],
    [
      "select at a fraction",
      () => zeros([2, 3]).select(0, 0.5),
      "select(): argument 'index' (position 3) must be int, not float",
    ],
    ["narrow past the end", () => zeros([2, 3]).narrow(0, 0, 3), "start (0) + length (3) exceeds dimension size (2)."],
    [
      "narrow before the start",
      () => zeros([2, 3]).narrow(0, -3, 1),
      "start out of range (expected to be in range of [-2, 2], but got -3)",
    ],
    ["narrow of negative length", () => zeros([2, 3]).narrow(1, 0, -1), "narrow(): length must be non-negative."],
    [
      "split into nothing",
      () => zeros([2, 3]).split(0),
      "split_size can only be 0 if dimension size is 0, but got dimension size of 2",
    ],
    [
      "split into less",
      () => zeros([2, 3]).split(-1),
      "split expects split_size be non-negative, but got split_size=-1",
    ],
    [
      "split into sizes of another sum",
      () => zeros([2, 3]).split([1, 2]),
      "split_with_sizes expects split_sizes to sum exactly to 2 (input tensor's size at dimension 0), but got split_sizes=[1, 2]",
    ],
    ["chunk into none", () => zeros([4]).chunk(0), "chunk expects `chunks` to be greater than 0, got: 0"],
    ["pad with an odd number", () => pad(zeros([2, 3]), [1]), "Padding length must be divisible by 2"],
    [
      "pad more dimensions than there are",
      () => pad(zeros([3]), [1, 1, 1, 1]),
      "Padding length should be less than or equal to two times the input dimension but got padding length 4 and input of dimension 1",
    ],
    ["crop more than there is", () => pad(zeros([3]), [-2, -2]), "narrow(): length must be non-negative."],
  ])("%s", (_, use, message) => {
    expect(use).toThrow(message);
    expect(use).toThrow(KindlingError);
  });
});
