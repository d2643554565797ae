import { describe, expect, test } from "vitest";
import { ones, setDefaultDtype, tensor } from "../index.ts";
import { fromGolden, type GoldenTensor, goldenNumbers } from "../testing/golden.ts";
import { castArray, castScalar, dtypeOfArray } from "./cast.ts";
import golden from "./dtype.golden.json" with { type: "json" };
import {
  allocate,
  bytesPerElement,
  DTYPE_NAMES,
  DTYPES,
  type DType,
  dtypeNamed,
  isDType,
  isFloat,
  scalarTypeName,
} from "./dtype.ts";
import { dtypeOfScalar, promote, resultType } from "./result-type.ts";

interface Meeting {
  readonly of: DType;
  readonly and: DType;
  readonly give: DType;
}

const pairs = golden.pairs as readonly Meeting[];
const zeroDim = golden.zeroDim as readonly Meeting[];
const numbers = golden.numbers as readonly {
  readonly of: DType;
  readonly and: "bool" | "int" | "float";
  readonly give: DType;
}[];

describe("promotion is PyTorch's", () => {
  test.each(pairs)("$of and $and meet in $give", ({ of: a, and: b, give: expected }) => {
    expect(promote(a, b)).toBe(expected);
    expect(resultType([a, b], [], [])).toBe(expected);
    expect(resultType([], [a, b], [])).toBe(expected);
    expect(ones([2], { dtype: a }).mul(ones([2], { dtype: b })).dtype).toBe(expected);
    expect(ones([], { dtype: a }).mul(ones([], { dtype: b })).dtype).toBe(expected);
  });

  test.each(zeroDim)("$of and a zero-dimensional $and meet in $give", ({ of: a, and: b, give: expected }) => {
    expect(resultType([a], [b], [])).toBe(expected);
    expect(ones([2], { dtype: a }).mul(ones([], { dtype: b })).dtype).toBe(expected);
    expect(ones([], { dtype: b }).mul(ones([2], { dtype: a })).dtype).toBe(expected);
  });

  test.each(numbers)("$of and a plain $and meet in $give", ({ of: a, and: b, give: expected }) => {
    const value = { bool: true, int: 3, float: 1.5 }[b];
    expect(resultType([a], [], [dtypeOfScalar(value)])).toBe(expected);
    if (typeof value === "boolean") return;
    expect(ones([2], { dtype: a }).mul(value).dtype).toBe(expected);
    expect(ones([], { dtype: a }).mul(value).dtype).toBe(expected);
  });

  test("of nothing but numbers", () => {
    expect(resultType([], [], ["int64", "float32"])).toBe("float32");
    expect(resultType([], [], [])).toBe("float32");
  });

  test("quotients are floats", () => {
    for (const dtype of DTYPE_NAMES) {
      const x = ones([2], { dtype });
      expect(x.div(x).dtype).toBe(isFloat(dtype) ? dtype : "float32");
    }
  });

  test("bytes wrap", () => {
    expect(
      tensor([200, 255], { dtype: "uint8" })
        .add(tensor(100, { dtype: "uint8" }))
        .toListSync(),
    ).toEqual([44, 99]);
    expect(tensor([127], { dtype: "int8" }).add(1).toListSync()).toEqual([-128]);
    expect(tensor([32767], { dtype: "int16" }).mul(2).toListSync()).toEqual([-2]);
    expect(
      tensor([2 ** 31 - 1], { dtype: "int32" })
        .add(1)
        .toListSync(),
    ).toEqual([-(2 ** 31)]);
  });

  test("bools add up to bool and multiply to and", () => {
    const [a, b] = [tensor([true, true, false]), tensor([true, false, false])];
    expect(a.add(b).toListSync()).toEqual([true, true, false]);
    expect(a.mul(b).toListSync()).toEqual([true, false, false]);
  });
});

describe("conversion is PyTorch's", () => {
  const rows = golden.converted as readonly { readonly from: GoldenTensor; readonly to: GoldenTensor }[];
  test.each(rows)("of $from.dtype to $to.dtype", ({ from, to }) => {
    const found = fromGolden(from).to(to.dtype);
    expect(found.dtype).toBe(to.dtype);
    expect(Array.from(found.toTypedArraySync())).toEqual(Array.from(castArray(goldenNumbers(to), to.dtype)));
    // One at a time is another way.
    const one = fromGolden(from).index(-1).to(to.dtype).itemSync();
    expect(one).toEqual(found.toTypedArraySync().at(-1));
  });

  test("of floats that do not fit, and of NaN", () => {
    const x = tensor([Number.NaN, Number.POSITIVE_INFINITY, 3e9, -3e9, 300]);
    expect(x.int().toListSync()).toEqual([-2147483648, -2147483648, -2147483648, -2147483648, 300]);
    expect(x.long().toListSync()).toEqual([-(2 ** 63), -(2 ** 63), 3e9, -3e9, 300]);
    expect(x.short().toListSync()).toEqual([0, 0, 0, 0, 300]);
    expect(x.char().toListSync()).toEqual([0, 0, 0, 0, 44]);
    expect(x.half().toListSync()).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      300,
    ]);
  });
});

test("one element is cast as PyTorch casts it", () => {
  expect(castScalar(0.1, "float64")).toBe(0.1);
  expect(castScalar(0.1, "float32")).toBe(Math.fround(0.1));
  expect(castScalar(0.1, "float16")).toBe(0.0999755859375);
  expect(castScalar(0.1, "bfloat16")).toBe(0.10009765625);
  expect([2.9, -2.9].map((x) => castScalar(x, "int32"))).toEqual([2, -2]);
  expect([2 ** 53 - 1, -0.5].map((x) => castScalar(x, "int64"))).toEqual([2 ** 53 - 1, 0]);
  expect([255.9, 256, 257, -1].map((x) => castScalar(x, "uint8"))).toEqual([255, 0, 1, 255]);
  expect([0, -0, 0.1, -3, Number.NaN].map((x) => castScalar(x, "bool"))).toEqual([0, 0, 1, 1, 1]);
});

test("arrays are cast into an array of their own", () => {
  const data = new Float32Array([1.5, -1.5, 0]);
  const same = castArray(data, "float32");
  expect(same).toEqual(data);
  expect(same).not.toBe(data);
  expect(castArray(BigInt64Array.of(2n ** 53n - 1n, -1n), "int64")).toEqual(Float64Array.of(2 ** 53 - 1, -1));
  expect(() => castArray(BigInt64Array.of(2n ** 53n), "int64")).toThrow("exact up to 2^53");
});

test("how dtypes are held", () => {
  for (const dtype of DTYPE_NAMES) {
    expect(allocate(dtype, 2)).toBeInstanceOf(DTYPES[dtype].Array);
    const own = dtype === "bool" ? 1 : Number(/\d+/.exec(dtype)?.[0]) / 8;
    expect(bytesPerElement(dtype)).toBe(own);
    expect(isFloat(dtype)).toBe(dtype.includes("float"));
  }
  const arrays = [Float64Array, Float32Array, Int32Array, Int16Array, Int8Array, Uint8Array, BigInt64Array];
  expect(arrays.map((kind) => dtypeOfArray(new kind(1)))).toEqual([
    "float64",
    "float32",
    "int32",
    "int16",
    "int8",
    "uint8",
    "int64",
  ]);
});

test("what a JavaScript value stands for", () => {
  const values = [true, 2, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY];
  expect(values.map(dtypeOfScalar)).toEqual(["bool", "int64", "int64", "float32", "float32", "float32"]);
});

test("names", () => {
  expect(DTYPE_NAMES.map(scalarTypeName)).toEqual([
    "Bool",
    "Byte",
    "Char",
    "Short",
    "Int",
    "Long",
    "Half",
    "BFloat16",
    "Float",
    "Double",
  ]);
  expect(["float32", "int64", "long", "toString", 3, null].map(isDType)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  const names = ["long", "int", "short", "char", "byte", "half", "float", "double", "boolean", "toString", 3];
  expect(names.map(dtypeNamed)).toEqual([
    "int64",
    "int32",
    "int16",
    "int8",
    "uint8",
    "float16",
    "float32",
    "float64",
    "bool",
    undefined,
    undefined,
  ]);
});

test("the default dtype is that of what is made, and of quotients of whole numbers", () => {
  setDefaultDtype("float64");
  try {
    expect(tensor([0.1]).itemSync()).toBe(0.1);
    expect(ones([2]).dtype).toBe("float64");
    expect(ones([2], { dtype: "long" }).div(3).toListSync()).toEqual([1 / 3, 1 / 3]);
    expect(String(tensor([0.5]))).toBe("tensor([0.5000])");
    expect(String(tensor([0.5], { dtype: "float" }))).toBe("tensor([0.5000], dtype=torch.float32)");
  } finally {
    setDefaultDtype("float32");
  }
  expect(() => setDefaultDtype("int32" as "float32")).toThrow(
    "only floating-point types are supported as the default type",
  );
});
