import { describe, expect, test } from "vitest";
import { ones, tensor } from "../index.ts";
import {
  allocate,
  bytesPerElement,
  castArray,
  castScalar,
  type DType,
  dtypeOfArray,
  dtypeOfScalar,
  isDType,
  isFloat,
  promote,
  resultType,
  scalarTypeName,
} from "./dtype.ts";

const DTYPES = ["bool", "uint8", "int32", "float32"] as const;

/** Each row is the first operand, each column the second, in the order of DTYPES. As `torch.result_type` gives them, int64 for int32. */
const PAIRS: readonly (readonly DType[])[] = [
  ["bool", "uint8", "int32", "float32"],
  ["uint8", "uint8", "int32", "float32"],
  ["int32", "int32", "int32", "float32"],
  ["float32", "float32", "float32", "float32"],
];

/** A tensor with dimensions (rows) and a zero-dimensional one (columns). */
const WITH_ZERO_DIM: readonly (readonly DType[])[] = [
  ["bool", "uint8", "int32", "float32"],
  ["uint8", "uint8", "uint8", "float32"],
  ["int32", "int32", "int32", "float32"],
  ["float32", "float32", "float32", "float32"],
];

/** A tensor (rows) and a plain boolean, whole number, fraction (columns). */
const NUMBERS = ["bool", "int32", "float32"] as const;
const WITH_NUMBER: readonly (readonly DType[])[] = [
  ["bool", "int32", "float32"],
  ["uint8", "uint8", "float32"],
  ["int32", "int32", "float32"],
  ["float32", "float32", "float32"],
];

function forEachPair(table: readonly (readonly DType[])[], columns: readonly DType[]) {
  return DTYPES.flatMap((a, i) => columns.map((b, j) => [a, b, (table[i] as readonly DType[])[j] as DType] as const));
}

describe("promotion is PyTorch's", () => {
  test.each(forEachPair(PAIRS, DTYPES))("%s and %s meet in %s", (a, b, expected) => {
    expect(promote(a, b)).toBe(expected);
    expect(resultType([a, b], [], [])).toBe(expected);
    expect(resultType([], [a, b], [])).toBe(expected);
    expect(ones([2], { dtype: a }).mul(ones([2], { dtype: b })).dtype).toBe(expected);
    expect(ones([], { dtype: a }).mul(ones([], { dtype: b })).dtype).toBe(expected);
  });

  test.each(forEachPair(WITH_ZERO_DIM, DTYPES))("%s and a zero-dimensional %s meet in %s", (a, b, expected) => {
    expect(resultType([a], [b], [])).toBe(expected);
    expect(ones([2], { dtype: a }).mul(ones([], { dtype: b })).dtype).toBe(expected);
    expect(ones([], { dtype: b }).mul(ones([2], { dtype: a })).dtype).toBe(expected);
  });

  test.each(forEachPair(WITH_NUMBER, NUMBERS))("%s and a plain %s meet in %s", (a, b, expected) => {
    expect(resultType([a], [], [b])).toBe(expected);
    expect(resultType([], [a], [b])).toBe(expected);
    if (b === "bool") return;
    const number = b === "int32" ? 3 : 1.5;
    expect(ones([2], { dtype: a }).mul(number).dtype).toBe(expected);
    expect(ones([], { dtype: a }).mul(number).dtype).toBe(expected);
  });

  test("of nothing but numbers", () => {
    expect(resultType([], [], ["int32", "float32"])).toBe("float32");
    expect(resultType([], [], [])).toBe("float32");
  });

  test("quotients are floats", () => {
    for (const dtype of DTYPES) expect(ones([2], { dtype }).div(ones([2], { dtype })).dtype).toBe("float32");
  });

  test("bytes wrap", () => {
    expect(
      tensor([200, 255], { dtype: "uint8" })
        .add(tensor(100, { dtype: "uint8" }))
        .toListSync(),
    ).toEqual([44, 99]);
    expect(
      tensor([3], { dtype: "uint8" })
        .sub(tensor([5], { dtype: "uint8" }))
        .toListSync(),
    ).toEqual([254]);
  });

  test("bools add up to bool and multiply to and", () => {
    const [a, b] = [tensor([true, true, false]), tensor([true, false, false])];
    expect(a.add(b).toListSync()).toEqual([true, true, false]);
    expect(a.mul(b).toListSync()).toEqual([true, false, false]);
  });
});

test("one element is cast as PyTorch casts it", () => {
  expect(castScalar(0.1, "float32")).toBe(Math.fround(0.1));
  expect([2.9, -2.9].map((x) => castScalar(x, "int32"))).toEqual([2, -2]);
  expect([255.9, 256, 257, -1].map((x) => castScalar(x, "uint8"))).toEqual([255, 0, 1, 255]);
  expect([0, -0, 0.1, -3, Number.NaN].map((x) => castScalar(x, "bool"))).toEqual([0, 0, 1, 1, 1]);
});

test("arrays are cast element by element, into an array of their own", () => {
  const data = new Float32Array([1.5, -1.5, 0]);
  expect(castArray(data, "int32")).toEqual(new Int32Array([1, -1, 0]));
  expect(castArray(data, "uint8")).toEqual(new Uint8Array([1, 255, 0]));
  expect(castArray(data, "bool")).toEqual(new Uint8Array([1, 1, 0]));
  const same = castArray(data, "float32");
  expect(same).toEqual(data);
  expect(same).not.toBe(data);
});

test("how dtypes are held", () => {
  expect(DTYPES.map((dtype) => allocate(dtype, 2).constructor.name)).toEqual([
    "Uint8Array",
    "Uint8Array",
    "Int32Array",
    "Float32Array",
  ]);
  expect(DTYPES.map(bytesPerElement)).toEqual([1, 1, 4, 4]);
  expect(DTYPES.map(isFloat)).toEqual([false, false, false, true]);
  expect([new Float32Array(1), new Int32Array(1), new Uint8Array(1)].map(dtypeOfArray)).toEqual([
    "float32",
    "int32",
    "uint8",
  ]);
});

test("what a JavaScript value stands for", () => {
  expect([true, 2, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY].map(dtypeOfScalar)).toEqual([
    "bool",
    "int32",
    "int32",
    "float32",
    "float32",
    "float32",
  ]);
});

test("names", () => {
  expect(DTYPES.map(scalarTypeName)).toEqual(["Bool", "Byte", "Long", "Float"]);
  expect(["float32", "int32", "uint8", "bool", "float64", "toString", 3, null].map(isDType)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

describe("conversion of tensors", () => {
  test.each<[DType, DType, number[], (number | boolean)[]]>([
    ["float32", "int32", [1.9, -1.9, 0], [1, -1, 0]],
    ["float32", "uint8", [1.9, 255, 256], [1, 255, 0]],
    ["float32", "bool", [0, -0.5, 2], [false, true, true]],
    ["int32", "float32", [1, -2, 3], [1, -2, 3]],
    ["int32", "uint8", [1, -1, 300], [1, 255, 44]],
    ["int32", "bool", [0, -1, 2], [false, true, true]],
    ["uint8", "float32", [0, 128, 255], [0, 128, 255]],
    ["uint8", "int32", [0, 128, 255], [0, 128, 255]],
    ["uint8", "bool", [0, 128, 255], [false, true, true]],
    ["bool", "float32", [0, 1, 1], [0, 1, 1]],
    ["bool", "int32", [0, 1, 1], [0, 1, 1]],
    ["bool", "uint8", [0, 1, 1], [0, 1, 1]],
  ])("%s to %s", (from, to, values, expected) => {
    expect(tensor(values, { dtype: from }).to(to).toListSync()).toEqual(expected);
    // One element and a computed tensor take other paths.
    values.forEach((value, i) => {
      expect(tensor(value, { dtype: from }).to(to).toListSync()).toEqual(expected[i]);
    });
    expect(tensor(values, { dtype: from }).flip(0).flip(0).to(to).toListSync()).toEqual(expected);
  });

  test("NaN is true", () => {
    expect(tensor([Number.NaN]).to("bool").toListSync()).toEqual([true]);
    expect(tensor([Number.NaN, 0]).to("bool").toListSync()).toEqual([true, false]);
  });

  test("to the dtype it has is the tensor itself", () => {
    const x = ones([2]);
    expect(x.to("float32")).toBe(x);
    expect(x.float()).toBe(x);
    expect([x.int(), x.bool(), x.byte()].map((y) => y.dtype)).toEqual(["int32", "bool", "uint8"]);
  });

  test("an unknown dtype is refused", () => {
    expect(() => ones([1]).to("complex64" as never)).toThrow("to() received an invalid combination of arguments");
    expect(() => ones([1]).to(undefined as never)).toThrow("to() received an invalid combination of arguments");
  });
});
