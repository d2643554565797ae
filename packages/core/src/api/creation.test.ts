import { describe, expect, test } from "vitest";
import {
  arange,
  cpu,
  type Device,
  type DType,
  defaultGenerator,
  empty,
  emptyLike,
  eye,
  fromBuffer,
  full,
  fullLike,
  Generator,
  linspace,
  manualSeed,
  type NestedArray,
  ones,
  onesLike,
  rand,
  randint,
  randLike,
  randn,
  randnLike,
  randperm,
  type Tensor,
  tensor,
  zeros,
  zerosLike,
} from "../index.ts";

const seeded = (seed: number): { generator: Generator } => ({ generator: new Generator(seed) });

/** Whether every element is that close to what is expected. */
function expectClose(x: Tensor, expected: readonly number[], digits = 7): void {
  const found = x.toTypedArraySync();
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, digits);
  });
}

describe("tensor", () => {
  test.each<[NestedArray, number[], DType]>([
    [5, [], "float32"],
    [true, [], "bool"],
    [[], [0], "float32"],
    [[[], []], [2, 0], "float32"],
    [[[[]]], [1, 1, 0], "float32"],
    [[1, 2.5], [2], "float32"],
    [[true, false], [2], "bool"],
    [[true, 2], [2], "float32"],
    [
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [2, 3],
      "float32",
    ],
    [[[[1]], [[2]]], [2, 1, 1], "float32"],
  ])("of %j has shape [%j] and dtype %s", (data, shape, dtype) => {
    const x = tensor(data);
    expect([x.shape, x.dtype]).toEqual([shape, dtype]);
    expect(x.device).toBe(cpu);
    expect(x.requiresGrad).toBe(false);
  });

  test("reads back as it was given", () => {
    for (const data of [
      5,
      [1, 2, 3],
      [
        [1, 2],
        [3, 4],
      ],
      [
        [[1], [2]],
        [[3], [4]],
      ],
      [[], []],
    ]) {
      expect(tensor(data).toListSync()).toEqual(data);
    }
    expect(tensor([true, false]).toListSync()).toEqual([true, false]);
  });

  test("rounds to single precision", () => {
    expect(tensor(0.1).itemSync()).toBe(Math.fround(0.1));
    expect(tensor(16777217).itemSync()).toBe(16777216);
  });

  test.each<[NestedArray, DType, NestedArray]>([
    [[1.7, -1.7], "int64", [1, -1]],
    [[0.5, 0, -2], "bool", [true, false, true]],
    [[true, false], "float32", [1, 0]],
    [[true, false], "int64", [1, 0]],
    [[-1], "uint8", [255]],
    [[1.9], "uint8", [1]],
  ])("of %j as %s", (data, dtype, expected) => {
    const x = tensor(data, { dtype });
    expect(x.dtype).toBe(dtype);
    expect(x.toListSync()).toEqual(expected);
  });

  test("of a typed array keeps its type and copies it", () => {
    const kinds = [
      [new Float32Array([1, 2]), "float32"],
      [new Int32Array([1, 2]), "int32"],
      [new Int16Array([1, 2]), "int16"],
      [new Int8Array([1, 2]), "int8"],
      [new Uint8Array([1, 2]), "uint8"],
      [new Float64Array([1, 2]), "float64"],
    ] as const;
    for (const [data, dtype] of kinds) {
      const x = tensor(data);
      expect([x.shape, x.dtype]).toEqual([[2], dtype]);
      data[0] = 7;
      expect(x.toListSync()).toEqual([1, 2]);
    }
  });

  test("of a typed array with a dtype converts", () => {
    expect(tensor(new Float32Array([1.5, -1.5]), { dtype: "int64" }).toListSync()).toEqual([1, -1]);
    expect(tensor(new Uint8Array([0, 3]), { dtype: "bool" }).toListSync()).toEqual([false, true]);
    expect(tensor(new Float64Array([0.1]), { dtype: "float32" }).itemSync()).toBe(Math.fround(0.1));
  });

  test("of a part of a typed array is that part", () => {
    expect(tensor(new Float32Array([1, 2, 3, 4]).subarray(1, 3)).toListSync()).toEqual([2, 3]);
  });

  test("does not keep the array", () => {
    const rows = [
      [1, 2],
      [3, 4],
    ];
    const x = tensor(rows);
    (rows[0] as number[])[0] = 9;
    expect(x.toListSync()).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test("of rows of different lengths is refused", () => {
    expect(() => tensor([[1, 2], [3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: expected sequence of length 2 at dim 1 (got 1). Every row must have as many elements as the first.]`,
    );
    expect(() => tensor([[1], [2, 3]])).toThrow("expected sequence of length 1 at dim 1 (got 2)");
    expect(() =>
      tensor([
        [[1], [2]],
        [[3], [4, 5]],
      ]),
    ).toThrow("expected sequence of length 1 at dim 2 (got 2)");
    expect(() => tensor([[1, 2], []])).toThrow("expected sequence of length 2 at dim 1 (got 0)");
  });

  test("of rows that are partly numbers is refused", () => {
    expect(() => tensor([[1], 2])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: expected sequence of length 1 at dim 1: got number 2. Give numbers or booleans, nested in arrays of equal lengths.]`,
    );
    expect(() => tensor([1, [2]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: expected sequence of length 0 at dim 1 (got 1). Every row must have as many elements as the first.]`,
    );
  });

  test("of what is no number is refused", () => {
    expect(() => tensor(["a"] as never)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: must be real number: got string a. Give numbers or booleans, nested in arrays of equal lengths.]`,
    );
    expect(() => tensor([null] as never)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: must be real number: got null. Give numbers or booleans, nested in arrays of equal lengths.]`,
    );
    expect(() => tensor([{}] as never)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: must be real number: got an object. Give numbers or booleans, nested in arrays of equal lengths.]`,
    );
    expect(() => tensor(undefined as never)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: must be real number: got undefined undefined. Give numbers or booleans, nested in arrays of equal lengths.]`,
    );
  });

  test("requiresGrad makes a leaf that asks for a gradient", () => {
    const x = tensor([1], { requiresGrad: true });
    expect([x.requiresGrad, x.isLeaf, x.gradFn, x.grad]).toEqual([true, true, null, null]);
  });

  test("requiresGrad on whole numbers is refused", () => {
    const message = /only tensors of floating point .*dtype can require gradients/i;
    expect(() => tensor([1], { dtype: "int64", requiresGrad: true })).toThrow(message);
    expect(() => tensor([true], { requiresGrad: true })).toThrow(message);
    expect(() => zeros([2], { dtype: "uint8", requiresGrad: true })).toThrow(message);
    expect(() => zeros([2], { dtype: "int64" }).requiresGrad_()).toThrowErrorMatchingInlineSnapshot(
      `[AutogradError: requiresGrad_: only Tensors of floating point dtype can require gradients: the dtype is int64. Convert it first: t.to("float32").]`,
    );
  });

  test("device puts it there", () => {
    expect(tensor([1, 2], { device: cpu }).device).toBe(cpu);
    expect(zeros([2], { device: cpu, requiresGrad: true }).isLeaf).toBe(true);
  });
});

describe("fromBuffer", () => {
  test("looks into the array without copying", () => {
    const data = new Float32Array([1, 2, 3, 4, 5, 6]);
    const x = fromBuffer(data, [2, 3]);
    expect(x.shape).toEqual([2, 3]);
    expect(x.storage.host?.data).toBe(data);
    // The array is not to be written to; that it shows is how sharing is told.
    data[5] = 60;
    expect(x.toListSync()).toEqual([
      [1, 2, 3],
      [4, 5, 60],
    ]);
  });

  test("takes the dtype of the array; bytes may be bool", () => {
    expect(fromBuffer(new Int32Array([1]), [1]).dtype).toBe("int32");
    expect(fromBuffer(new Float64Array([1]), [1]).dtype).toBe("float64");
    expect(fromBuffer(new Float64Array([1]), [1], { dtype: "long" }).dtype).toBe("int64");
    expect(() => fromBuffer(new Float64Array([1]), [1], { dtype: "float" })).toThrow(
      "the elements of float32 are held in a Float32Array: got a Float64Array",
    );
    expect(fromBuffer(new Uint8Array([1]), [1]).dtype).toBe("uint8");
    expect(fromBuffer(new Uint8Array([1, 0]), [2], { dtype: "bool" }).toListSync()).toEqual([true, false]);
  });

  test("refuses a shape that does not fit", () => {
    expect(() => fromBuffer(new Float32Array(4), [2, 3])).toThrow("shape '[2, 3]' is invalid for input of size 4");
    expect(() => fromBuffer(new Float32Array(4), [-2, -2])).toThrow("negative dimension -2");
  });
});

describe("filled", () => {
  test("zeros, ones, full, empty", () => {
    expect(zeros([2, 2]).toListSync()).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(ones([3]).toListSync()).toEqual([1, 1, 1]);
    expect(full([2], -2.5).toListSync()).toEqual([-2.5, -2.5]);
    expect(full([], 3).itemSync()).toBe(3);
    expect(full([2], 1.7, { dtype: "int64" }).toListSync()).toEqual([1, 1]);
    expect(full([1], 5, { dtype: "bool" }).toListSync()).toEqual([true]);
    expect(Number.isNaN(full([1], Number.NaN).itemSync())).toBe(true);
    expect(empty([2, 3]).shape).toEqual([2, 3]);
    expect(zeros([0, 3]).toListSync()).toEqual([]);
  });

  test("are float32 unless dtype says otherwise", () => {
    for (const make of [zeros, ones, empty]) {
      expect(make([1]).dtype).toBe("float32");
      for (const dtype of ["int64", "uint8", "bool"] as const) expect(make([1], { dtype }).dtype).toBe(dtype);
    }
    expect(full([1], 3).dtype).toBe("float32");
  });

  test("do not keep the shape they were given", () => {
    const shape = [2, 3];
    const x = zeros(shape);
    shape[0] = 7;
    expect(x.shape).toEqual([2, 3]);
  });

  test("refuse sizes that are none", () => {
    expect(() => zeros([-1])).toThrow("negative dimension -1");
    expect(() => ones([2, -3])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: ones: Trying to create tensor with negative dimension -3: [2, -3]. Sizes are whole numbers from 0 on.]`,
    );
    expect(() => full([2.5], 1)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: full: Trying to create tensor with negative dimension 2.5: [2.5]. Sizes are whole numbers from 0 on.]`,
    );
    expect(() => rand([Number.NaN])).toThrow();
    expect(() => randn([-1])).toThrow("negative dimension -1");
    expect(() => randint(0, 2, [-1])).toThrow("negative dimension -1");
    expect(() => eye(-1)).toThrow();
  });
});

describe("arange", () => {
  test.each<[number[], number[], DType]>([
    [[4], [0, 1, 2, 3], "int64"],
    [[0], [], "int64"],
    [[2, 5], [2, 3, 4], "int64"],
    [[2, 2], [], "int64"],
    [[5, 0, -2], [5, 3, 1], "int64"],
    [[-2, 3, 2], [-2, 0, 2], "int64"],
    [[1, 2.5, 0.5], [1, 1.5, 2], "float32"],
    [[2.5], [0, 1, 2], "float32"],
    [[0, 1, 0.3], [0, 0.3, 0.6, 0.9].map(Math.fround), "float32"],
    [[0.1, 1, 0.1], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map(Math.fround), "float32"],
  ])("(%j)", (args, expected, dtype) => {
    const x = (arange as (...numbers: number[]) => Tensor)(...args);
    expect(x.dtype).toBe(dtype);
    expect(x.toListSync()).toEqual(expected);
  });

  test("takes options after any number of numbers", () => {
    expect(arange(3, { dtype: "float32" }).dtype).toBe("float32");
    expect(arange(1, 3, { dtype: "uint8" }).toListSync()).toEqual([1, 2]);
    expect(arange(1, 6, 2, { dtype: "float32", requiresGrad: true }).requiresGrad).toBe(true);
  });

  test("refuses a step that leads away", () => {
    expect(() => arange(0, 3, -1)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: arange: upper bound and lower bound inconsistent with step sign: got 0, 3, -1]`,
    );
    expect(() => arange(3, 0)).toThrow("upper bound and lower bound inconsistent with step sign");
    expect(() => arange(0, 3, 0)).toThrow("step must be nonzero");
    expect(() => arange(Number.NaN)).toThrow("unsupported range: 0 -> nan");
    expect(() => arange(0, Number.POSITIVE_INFINITY)).toThrow("unsupported range: 0 -> inf");
  });
});

describe("linspace", () => {
  test("divides the range, both ends included", () => {
    expect(linspace(0, 1, 5).toListSync()).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(linspace(-2, 10, 4).toListSync()).toEqual([-2, 2, 6, 10]);
    expect(linspace(0, 1, 1).toListSync()).toEqual([0]);
    expect(linspace(3, 1, 0).toListSync()).toEqual([]);
    expect(linspace(1, 0, 3).toListSync()).toEqual([1, 0.5, 0]);
  });

  test("has PyTorch's bits", () => {
    expect(linspace(0, 1, 7).toListSync()).toEqual([
      0, 0.1666666716337204, 0.3333333432674408, 0.5, 0.6666666269302368, 0.8333333134651184, 1,
    ]);
  });

  test("of whole numbers truncates", () => {
    expect(linspace(0, 10, 4, { dtype: "int64" }).toListSync()).toEqual([0, 3, 6, 10]);
  });

  test("refuses a negative count", () => {
    expect(() => linspace(0, 1, -1)).toThrow("number of steps must be non-negative");
    expect(() => linspace(0, 1, 1.5)).toThrow();
  });
});

test("eye", () => {
  expect(eye(2).toListSync()).toEqual([
    [1, 0],
    [0, 1],
  ]);
  expect(eye(2, 3).toListSync()).toEqual([
    [1, 0, 0],
    [0, 1, 0],
  ]);
  expect(eye(3, 1).toListSync()).toEqual([[1], [0], [0]]);
  expect(eye(2, { dtype: "int64" }).dtype).toBe("int64");
  expect(eye(2, 1, { dtype: "bool" }).toListSync()).toEqual([[true], [false]]);
  expect(eye(0).shape).toEqual([0, 0]);
});

describe("random, with PyTorch's numbers", () => {
  test("rand", () => {
    expectClose(rand([5], seeded(0)), [0.49625659, 0.7682218, 0.08847743, 0.13203049, 0.30742282]);
    expectClose(rand([3], seeded(42)), [0.88226926, 0.91500396, 0.38286376]);
    expect(rand([2, 3], seeded(0)).shape).toEqual([2, 3]);
  });

  test("randn", () => {
    expectClose(randn([5], seeded(0)), [1.54099607, -0.2934289, -2.17878938, 0.56843126, -1.08452237], 6);
    const head = randn([16], seeded(0)).narrow(0, 0, 5);
    expectClose(head, [-1.12583983, -1.1523602, -0.25057858, -0.43387881, 0.84871036], 6);
  });

  test("randint", () => {
    const x = randint(0, 100, [5], seeded(0));
    expect(x.dtype).toBe("int64");
    expect(x.toListSync()).toEqual([44, 39, 33, 60, 63]);
    expect(randint(0, 100, [5], { ...seeded(0), dtype: "float32" }).dtype).toBe("float32");
    expect(randint(0, 100, [5], { ...seeded(0), dtype: "uint8" }).toListSync()).toEqual([44, 39, 33, 60, 63]);
  });

  test("randint refuses an empty range", () => {
    expect(() => randint(5, 2, [1])).toThrow("random_ expects 'from' to be less than 'to', but got from=5 >= to=2");
    expect(() => randint(0, 0, [1])).toThrow("but got from=0 >= to=0");
  });

  test("randperm", () => {
    const x = randperm(10, seeded(0));
    expect(x.dtype).toBe("int64");
    expect(x.toListSync()).toEqual([4, 1, 7, 5, 3, 9, 0, 8, 6, 2]);
    expect(randperm(10, seeded(42)).toListSync()).toEqual([2, 6, 1, 8, 4, 5, 0, 9, 3, 7]);
    expect(randperm(0).shape).toEqual([0]);
    expect(randperm(3, { ...seeded(0), dtype: "float32" }).dtype).toBe("float32");
    expect(() => randperm(-1)).toThrow("negative dimension -1");
  });

  test("without a generator the default one is drawn from", () => {
    manualSeed(0);
    const first = rand([3]).toListSync();
    expect(first).toEqual(rand([3], seeded(0)).toListSync());
    expect(rand([3]).toListSync()).not.toEqual(first);
    manualSeed(0);
    expect(rand([3], { generator: defaultGenerator() }).toListSync()).toEqual(first);
  });

  test("a generator of its own leaves the default one alone", () => {
    manualSeed(0);
    rand([3], seeded(1));
    expect(rand([3]).toListSync()).toEqual(rand([3], seeded(0)).toListSync());
  });

  test("leaves may be drawn", () => {
    expect(randn([2], { requiresGrad: true }).requiresGrad).toBe(true);
    expect(rand([2], { requiresGrad: true }).isLeaf).toBe(true);
  });

  test("floats are what rand and randn give", () => {
    expect(() => rand([2], { dtype: "int64" })).toThrow("not implemented for");
    expect(() => randn([2], { dtype: "int64" })).toThrow("not implemented for");
    expect(() => randLike(tensor([1], { dtype: "int64" }))).toThrow("not implemented for");
  });
});

describe("...Like", () => {
  const like = tensor(
    [
      [1, 2],
      [3, 4],
    ],
    { dtype: "int64" },
  );

  test("takes shape, dtype and device", () => {
    for (const x of [zerosLike(like), onesLike(like), fullLike(like, 3), emptyLike(like)]) {
      expect([x.shape, x.dtype, x.device]).toEqual([[2, 2], "int64", cpu]);
    }
    expect(onesLike(like).toListSync()).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(fullLike(like, 2.9).toListSync()).toEqual([
      [2, 2],
      [2, 2],
    ]);
    for (const x of [randLike(zeros([3])), randnLike(zeros([3]))]) expect([x.shape, x.dtype]).toEqual([[3], "float32"]);
  });

  test("goes where the tensor is, unless options say otherwise", () => {
    const far: Device = {
      name: "far",
      upload: cpu.upload.bind(cpu),
      download: cpu.download.bind(cpu),
      run: cpu.run.bind(cpu),
      free: cpu.free.bind(cpu),
    };
    const there = zeros([2], { device: far });
    expect([there, onesLike(there), randLike(there), there.add(1)].map((x) => x.device.name)).toEqual(
      new Array(4).fill("far"),
    );
    expect(onesLike(there, { device: cpu }).device).toBe(cpu);
    expect(onesLike(like, { device: far }).device).toBe(far);
  });

  test("takes options", () => {
    expect(zerosLike(like, { dtype: "float32" }).dtype).toBe("float32");
    expect(onesLike(like, { dtype: "float32", requiresGrad: true }).requiresGrad).toBe(true);
    expect(randLike(zeros([3]), seeded(0)).toListSync()).toEqual(rand([3], seeded(0)).toListSync());
    expect(randnLike(zeros([3]), seeded(0)).toListSync()).toEqual(randn([3], seeded(0)).toListSync());
  });

  test("does not take requiresGrad", () => {
    expect(zerosLike(tensor([1], { requiresGrad: true })).requiresGrad).toBe(false);
  });
});
