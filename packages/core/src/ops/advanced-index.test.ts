import { describe, expect, test } from "vitest";
import { arange, type Index, type Tensor, tensor, zeros } from "../index.ts";

const at = (positions: number | number[] | number[][]): Tensor => tensor(positions, { dtype: "int64" });
const mask = (held: boolean | boolean[] | boolean[][]): Tensor => tensor(held);
const matrix = (): Tensor => arange(6).view(2, 3);
const cube = (): Tensor => arange(24).view(2, 3, 4);

type Case = readonly [python: string, indices: () => Index<Tensor>[], expected: unknown];

describe("one dimension, as Python slices", () => {
  const range = [0, 1, 2, 3, 4];
  const positions = [undefined, -7, -5, -2, 0, 1, 3, 5, 9];

  /** What Python's `range(5)[from:to:by]` gives, written down from its definition. */
  function sliced(from: number | undefined, to: number | undefined, by: number): number[] {
    const clip = (place: number): number => Math.min(5, Math.max(0, place < 0 ? place + 5 : place));
    const [start, end] = [clip(from ?? 0), clip(to ?? 5)];
    return range.filter((i) => i >= start && i < end && (i - start) % by === 0);
  }

  test("every start, end and step", () => {
    const x = arange(5);
    for (const from of positions) {
      for (const to of positions) {
        expect(x.index(`${from ?? ""}:${to ?? ""}`).toListSync()).toEqual(sliced(from, to, 1));
        for (const by of [1, 2, 3, 7]) {
          expect(x.index(`${from ?? ""}:${to ?? ""}:${by}`).toListSync()).toEqual(sliced(from, to, by));
        }
      }
    }
  });

  test("positions from both ends", () => {
    for (const i of range) {
      expect(arange(5).index(i).itemSync()).toBe(i);
      expect(
        arange(5)
          .index(i - 5)
          .itemSync(),
      ).toBe(i);
    }
  });

  test("spaces are allowed, other texts are not", () => {
    expect(arange(5).index(" 1 : 3 ").toListSync()).toEqual([1, 2]);
    for (const text of ["", "1", "a:b", "1:2:3:4", "1.5:", "...:"]) {
      expect(() => arange(5).index(text)).toThrow("is not a slice");
    }
  });

  test("steps go forward", () => {
    expect(() => arange(5).index("::-1")).toThrow("step must be greater than zero");
    expect(() => arange(5).index("::0")).toThrow("slice step cannot be zero");
  });
});

describe("matrix", () => {
  test.each<Case>([
    [
      "x[()]",
      () => [],
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
    [
      "x[...]",
      () => ["..."],
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
    ["x[1]", () => [1], [3, 4, 5]],
    ["x[-2]", () => [-2], [0, 1, 2]],
    ["x[1, 2]", () => [1, 2], 5],
    ["x[:, 1]", () => [":", 1], [1, 4]],
    ["x[..., 0]", () => ["...", 0], [0, 3]],
    ["x[0, ...]", () => [0, "..."], [0, 1, 2]],
    ["x[0, ..., 1]", () => [0, "...", 1], 1],
    [
      "x[:, 1:]",
      () => [":", "1:"],
      [
        [1, 2],
        [4, 5],
      ],
    ],
    ["x[1:, ::2]", () => ["1:", "::2"], [[3, 5]]],
    ["x[2:]", () => ["2:"], []],
    ["x[None, 0]", () => [null, 0], [[0, 1, 2]]],
    ["x[0, None]", () => [0, null], [[0, 1, 2]]],
    [
      "x[..., None]",
      () => ["...", null],
      [
        [[0], [1], [2]],
        [[3], [4], [5]],
      ],
    ],
    ["x[:, None, 1]", () => [":", null, 1], [[1], [4]]],
    ["x[None, None, 0, 0]", () => [null, null, 0, 0], [[0]]],
    [
      "x[t([1, 0])]",
      () => [at([1, 0])],
      [
        [3, 4, 5],
        [0, 1, 2],
      ],
    ],
    [
      "x[t([-1, 0, -1])]",
      () => [at([-1, 0, -1])],
      [
        [3, 4, 5],
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
    ["x[t(1)]", () => [at(1)], [3, 4, 5]],
    ["x[t([])]", () => [at([])], []],
    [
      "x[:, t([[0, 2], [1, 1]])]",
      () => [
        ":",
        at([
          [0, 2],
          [1, 1],
        ]),
      ],
      [
        [
          [0, 2],
          [1, 1],
        ],
        [
          [3, 5],
          [4, 4],
        ],
      ],
    ],
    ["x[t([0, 1]), t([1, 2])]", () => [at([0, 1]), at([1, 2])], [1, 5]],
    ["x[t([0, 1]), t([-1])]", () => [at([0, 1]), at([-1])], [2, 5]],
    [
      "x[t([[0], [1]]), t([0, 2])]",
      () => [at([[0], [1]]), at([0, 2])],
      [
        [0, 2],
        [3, 5],
      ],
    ],
    ["x[t([True, False])]", () => [mask([true, false])], [[0, 1, 2]]],
    ["x[t([False, False])]", () => [mask([false, false])], []],
    [
      "x[:, t([True, False, True])]",
      () => [":", mask([true, false, true])],
      [
        [0, 2],
        [3, 5],
      ],
    ],
    [
      "x[t([[True, False, True], [False, True, False]])]",
      () => [
        mask([
          [true, false, true],
          [false, true, false],
        ]),
      ],
      [0, 2, 4],
    ],
    ["x[t([True, True]), t([0, 2])]", () => [mask([true, true]), at([0, 2])], [0, 5]],
  ])("%s", (_, indices, expected) => {
    const out = matrix().index(...indices());
    expect(out.dtype).toBe("int64");
    expect(out.toListSync()).toEqual(expected);
  });

  test("empty results keep the other sizes", () => {
    expect(matrix().index("2:").shape).toEqual([0, 3]);
    expect(matrix().index(at([])).shape).toEqual([0, 3]);
    expect(matrix().index(mask([false, false])).shape).toEqual([0, 3]);
    expect(matrix().index(":", "3:").shape).toEqual([2, 0]);
  });
});

describe("three dimensions", () => {
  test.each<Case>([
    ["x[1, ..., -1]", () => [1, "...", -1], [15, 19, 23]],
    [
      "x[0, :, t([1, 2])]",
      () => [0, ":", at([1, 2])],
      [
        [1, 2],
        [5, 6],
        [9, 10],
      ],
    ],
    [
      "x[..., t([1, 2]), 0]",
      () => ["...", at([1, 2]), 0],
      [
        [4, 8],
        [16, 20],
      ],
    ],
    [
      "x[0, t([1, 2]), 1:3]",
      () => [0, at([1, 2]), "1:3"],
      [
        [5, 6],
        [9, 10],
      ],
    ],
    // Tensors apart from each other: their shape comes first.
    [
      "x[t([0, 1]), :, t([1, 2])]",
      () => [at([0, 1]), ":", at([1, 2])],
      [
        [1, 5, 9],
        [14, 18, 22],
      ],
    ],
    [
      "x[:, m]",
      () => [
        ":",
        mask([
          [true, false, true, false],
          [false, true, false, true],
          [false, false, false, true],
        ]),
      ],
      [
        [0, 2, 5, 7, 11],
        [12, 14, 17, 19, 23],
      ],
    ],
    [
      "x[:, t([0, 2]), t([1, 3])]",
      () => [":", at([0, 2]), at([1, 3])],
      [
        [1, 11],
        [13, 23],
      ],
    ],
  ])("%s", (_, indices, expected) => {
    expect(
      cube()
        .index(...indices())
        .toListSync(),
    ).toEqual(expected);
  });

  test.each<readonly [string, () => Index<Tensor>[], number[]]>([
    [
      "x[m] of two dimensions",
      () => [
        mask([
          [true, false, true],
          [false, true, false],
        ]),
      ],
      [3, 4],
    ],
    ["x[:, m]", () => [":", mask([true, false, true])], [2, 2, 4]],
    ["x[t([0, 1]), t([[0], [2]])]", () => [at([0, 1]), at([[0], [2]])], [2, 2, 4]],
    ["x[None]", () => [null], [1, 2, 3, 4]],
    ["x[:, None, ..., None]", () => [":", null, "...", null], [2, 1, 3, 4, 1]],
  ])("shape of %s", (_, indices, shape) => {
    expect(cube().index(...indices()).shape).toEqual(shape);
  });
});

describe("gradients", () => {
  test.each<Case>([
    [
      "x[1]",
      () => [1],
      [
        [0, 0, 0],
        [1, 1, 1],
      ],
    ],
    [
      "x[:, ::2]",
      () => [":", "::2"],
      [
        [1, 0, 1],
        [1, 0, 1],
      ],
    ],
    [
      "x[t([1, 1])]",
      () => [at([1, 1])],
      [
        [0, 0, 0],
        [2, 2, 2],
      ],
    ],
    [
      "x[:, t([-1, 2])]",
      () => [":", at([-1, 2])],
      [
        [0, 0, 2],
        [0, 0, 2],
      ],
    ],
    [
      "x[t([0, 0]), t([1, 1])]",
      () => [at([0, 0]), at([1, 1])],
      [
        [0, 2, 0],
        [0, 0, 0],
      ],
    ],
    [
      "x[m]",
      () => [
        mask([
          [true, false, true],
          [false, true, false],
        ]),
      ],
      [
        [1, 0, 1],
        [0, 1, 0],
      ],
    ],
  ])("%s", (_, indices, expected) => {
    const x = zeros([2, 3], { requiresGrad: true });
    x.index(...indices())
      .sum()
      .backward();
    expect(x.grad?.toListSync()).toEqual(expected);
  });
});

describe("is refused", () => {
  test.each<readonly [string, () => unknown, string]>([
    ["x[2]", () => matrix().index(2), "index 2 is out of bounds for dimension 0 with size 2"],
    ["x[-3]", () => matrix().index(-3), "index -3 is out of bounds for dimension 0 with size 2"],
    ["x[:, 3]", () => matrix().index(":", 3), "index 3 is out of bounds for dimension 1 with size 3"],
    ["x[0.5]", () => matrix().index(0.5), "out of bounds"],
    ["x[t([2])]", () => matrix().index(at([2])), "index 2 is out of bounds for dimension 0 with size 2"],
    ["x[:, t([-4])]", () => matrix().index(":", at([-4])), "index -4 is out of bounds for dimension 1 with size 3"],
    ["x[0, 1, 2]", () => matrix().index(0, 1, 2), "too many indices for tensor of dimension 2"],
    ["x[0, m]", () => matrix().index(0, mask([[true]])), "too many indices for tensor of dimension 2"],
    [
      "x[t([0.5])]",
      () => matrix().index(tensor([0.5])),
      "tensors used as indices must be long, int, byte or bool tensors",
    ],
    [
      "x[t([True])]",
      () => matrix().index(mask([true])),
      "The shape of the mask [1] at index 0 does not match the shape of the indexed tensor [2, 3] at index 0",
    ],
    [
      "x[:, t([True])]",
      () => matrix().index(":", mask([true])),
      "The shape of the mask [1] at index 0 does not match the shape of the indexed tensor [2, 3] at index 1",
    ],
    [
      "x[t([0, 1]), t([0, 1, 2])]",
      () => matrix().index(at([0, 1]), at([0, 1, 2])),
      "shape mismatch: indexing tensors could not be broadcast together with shapes [2], [3]",
    ],
  ])("%s", (_, use, message) => {
    expect(use).toThrow(message);
  });

  test("a scalar has no positions, but shapes", () => {
    expect(() => tensor(1).index(0)).toThrow("too many indices for tensor of dimension 0");
    expect(tensor(1).index("...").itemSync()).toBe(1);
    expect(tensor(1).index(null).toListSync()).toEqual([1]);
  });
});
