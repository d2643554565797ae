import { expect, test } from "vitest";
import { pythonFloat, pythonRepr, pythonType } from "./python-repr.ts";

// What Python 3.11 prints.
test.each<[unknown, string]>([
  [1e-8, "1e-08"],
  [0.001, "0.001"],
  [0.0001, "0.0001"],
  [0.00001, "1e-05"],
  [1.5e-7, "1.5e-07"],
  [-2.5, "-2.5"],
  [1e21, "1000000000000000000000"],
  [123456789.5, "123456789.5"],
  [1, "1"],
  [0, "0"],
  [true, "True"],
  [false, "False"],
  [null, "None"],
  [undefined, "None"],
  [Number.NaN, "nan"],
  [Number.POSITIVE_INFINITY, "inf"],
  [Number.NEGATIVE_INFINITY, "-inf"],
  ["x", "'x'"],
  ["it's", '"it\'s"'],
  [`it's "it"`, `'it\\'s "it"'`],
  ["a\\b\n", "'a\\\\b\\n'"],
  [[0.9, 0.999], "(0.9, 0.999)"],
  [[0.5], "(0.5,)"],
  [[], "()"],
  [["l1.weight", "l1.bias"], "['l1.weight', 'l1.bias']"],
  [[null, 1], "[None, 1]"],
])("%j prints as %s", (value, text) => {
  expect(pythonRepr(value)).toBe(text);
});

test("arrays print as lists where asked", () => {
  expect(pythonRepr([0.1307], { list: true })).toBe("[0.1307]");
  expect(pythonRepr([[1, 2], [3]], { list: true })).toBe("[[1, 2], [3]]");
});

test.each<[number, string]>([
  [10, "10.0"],
  [-0, "-0.0"],
  [-0.5, "-0.5"],
  [1e-7, "1e-07"],
  [1e22, "1e+22"],
  [1e16, "1e+16"],
  [123456789012345680, "1.2345678901234568e+17"],
  [1234567890123456, "1234567890123456.0"],
  [1e-100, "1e-100"],
])("the float %d prints as %s", (value, text) => {
  expect(pythonFloat(value)).toBe(text);
});

test("types have Python's names", () => {
  expect([1, 0.5, "a", true, null, undefined, [1], {}].map(pythonType)).toEqual([
    "int",
    "float",
    "str",
    "bool",
    "NoneType",
    "NoneType",
    "list",
    "object",
  ]);
});
