import { describe, expect, test } from "vitest";
import {
  broadcastShapes,
  formatShape,
  inferShape,
  normalizeDim,
  normalizeDims,
  numel,
  reducedShape,
  type Shape,
  sameShape,
  stridesOf,
} from "./shape.ts";

test("numel, sameShape, formatShape, stridesOf", () => {
  expect([numel([]), numel([3]), numel([2, 3]), numel([2, 0, 3])]).toEqual([1, 3, 6, 0]);
  expect([sameShape([], []), sameShape([2], [2]), sameShape([2], [2, 1]), sameShape([2, 3], [3, 2])]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([formatShape([]), formatShape([3]), formatShape([2, 3])]).toEqual(["[]", "[3]", "[2, 3]"]);
  expect([stridesOf([]), stridesOf([4]), stridesOf([2, 3, 4])]).toEqual([[], [1], [12, 4, 1]]);
});

describe("dimensions", () => {
  test("count from both ends", () => {
    expect([-2, -1, 0, 1].map((dim) => normalizeDim("op", dim, 2))).toEqual([0, 1, 0, 1]);
    expect([-1, 0].map((dim) => normalizeDim("op", dim, 0))).toEqual([0, 0]);
  });

  test("outside are refused", () => {
    expect(() => normalizeDim("sum", 2, 2)).toThrowErrorMatchingInlineSnapshot(
      `[IndexOutOfRangeError: sum: Dimension out of range (expected to be in range of [-2, 1], but got 2): the tensor has 2 dimensions. Count dimensions from 0, or from -1 at the back.]`,
    );
    expect(() => normalizeDim("sum", -3, 2)).toThrow(
      "Dimension out of range (expected to be in range of [-2, 1], but got -3)",
    );
    expect(() => normalizeDim("sum", 1, 0)).toThrow(
      "Dimension out of range (expected to be in range of [-1, 0], but got 1)",
    );
    expect(() => normalizeDim("sum", 0.5, 2)).toThrow("argument 'dim' must be int, not float");
  });

  test("are put in order; none named are all", () => {
    expect(normalizeDims("op", undefined, 3)).toEqual([0, 1, 2]);
    expect(normalizeDims("op", [], 2)).toEqual([0, 1]);
    expect(normalizeDims("op", [2, 0], 3)).toEqual([0, 2]);
    expect(normalizeDims("op", -1, 3)).toEqual([2]);
    expect(normalizeDims("op", 0, 0)).toEqual([]);
  });

  test("named twice are refused", () => {
    expect(() => normalizeDims("sum", [0, -2], 2)).toThrow("dim 0 appears multiple times in the list of dims");
  });

  test("go away when reduced, or stay with size 1", () => {
    expect(reducedShape([2, 3, 4], [0, 2], false)).toEqual([3]);
    expect(reducedShape([2, 3, 4], [0, 2], true)).toEqual([1, 3, 1]);
    expect(reducedShape([], [], false)).toEqual([]);
  });
});

describe("broadcasting", () => {
  test.each<[Shape, Shape, Shape]>([
    [[], [], []],
    [[3], [], [3]],
    [[3], [1], [3]],
    [[2, 3], [3], [2, 3]],
    [
      [2, 1],
      [1, 3],
      [2, 3],
    ],
    [
      [5, 1, 4],
      [3, 1],
      [5, 3, 4],
    ],
    [[0], [1], [0]],
    [
      [2, 0],
      [1, 1],
      [2, 0],
    ],
  ])("%j and %j meet in %j", (a, b, expected) => {
    expect(broadcastShapes("op", a, b)).toEqual(expected);
    expect(broadcastShapes("op", b, a)).toEqual(expected);
  });

  test("shapes that do not meet are refused", () => {
    expect(() => broadcastShapes("add", [3], [4])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: add: The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 0: shapes are [3] and [4]. Reshape or unsqueeze one of them so that sizes are equal or 1.]`,
    );
    expect(() => broadcastShapes("add", [2, 3], [3, 3])).toThrow(
      "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0",
    );
    expect(() => broadcastShapes("add", [2, 3, 4], [2, 4])).toThrow(
      "The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 1",
    );
    expect(() => broadcastShapes("add", [0], [2])).toThrow("tensor a (0) must match the size of tensor b (2)");
  });
});

describe("one size worked out", () => {
  test("where -1 stands", () => {
    expect(inferShape("view", [-1], 6)).toEqual([6]);
    expect(inferShape("view", [2, -1], 6)).toEqual([2, 3]);
    expect(inferShape("view", [-1, 2], 0)).toEqual([0, 2]);
    expect(inferShape("view", [2, 3], 6)).toEqual([2, 3]);
  });

  test("wrong ones are refused", () => {
    expect(() => inferShape("view", [4, 2], 6)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: view: shape '[4, 2]' is invalid for input of size 6. The sizes must multiply to the number of elements; one of them may be -1.]`,
    );
    expect(() => inferShape("view", [-1, 4], 6)).toThrow("shape '[-1, 4]' is invalid for input of size 6");
    expect(() => inferShape("view", [-1, -1], 6)).toThrow("only one dimension can be inferred");
    expect(() => inferShape("view", [-2, -3], 6)).toThrow("invalid shape dimension -2");
    expect(() => inferShape("view", [1.5, 4], 6)).toThrow();
    expect(() => inferShape("view", [-1, 0], 0)).toThrow(
      "cannot reshape tensor of 0 elements into shape [-1, 0] because the unspecified dimension size -1 can be any value and is ambiguous",
    );
  });
});
