import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import type { DType } from "../base/dtype.ts";
import { numel } from "../base/shape.ts";
import { formatParameter, formatTensor, type TensorContents } from "./format-tensor.ts";
import { getPrintOptions, type PrintOptions, type PrintProfile, setPrintOptions } from "./print-options.ts";
import { shownElements } from "./summary.ts";

interface Case {
  tensor: {
    shape: number[];
    dtype: DType;
    data: (number | boolean | string)[] | string | { head: number[]; repeated: number; tail: number[] };
  };
  requiresGrad?: boolean;
  gradFn?: string;
  parameter?: boolean;
  options?: Partial<PrintOptions> & { profile?: PrintProfile };
  text: string;
}

// read, not imported: an imported -0 arrives as 0
const golden: { cases: Case[] } = JSON.parse(readFileSync(new URL("./format.golden.json", import.meta.url), "utf8"));

const NAMED: Record<string, number> = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, "-inf": -Infinity, "-0": -0 };

function valuesOf({ shape, data }: Case["tensor"]): number[] {
  const indices = Array.from({ length: numel(shape) }, (_, k) => k);
  if (data === "arange") return indices;
  if (data === "patterned") return indices.map((k) => (((k * 37) % 1000) - 500) / 64);
  if (typeof data === "string") throw new Error(`unknown data ${data}`);
  if (Array.isArray(data)) return data.map((value) => (typeof value === "string" ? (NAMED[value] as number) : +value));
  const { head, repeated, tail } = data;
  return [...head, ...new Array<number>(indices.length - head.length - tail.length).fill(repeated), ...tail];
}

afterEach(() => setPrintOptions({ profile: "default" }));

describe("prints what PyTorch prints", () => {
  for (const [index, recorded] of golden.cases.entries()) {
    const { tensor, requiresGrad = false, gradFn = null, parameter = false, options, text } = recorded;
    test(`case ${index}: ${tensor.dtype} [${tensor.shape}] ${options ? JSON.stringify(options) : ""}`, () => {
      if (options) setPrintOptions(options);
      const values = valuesOf(tensor);
      const data = tensor.dtype === "float32" ? Float32Array.from(values) : values;
      const contents: TensorContents = { shape: tensor.shape, dtype: tensor.dtype, data, requiresGrad, gradFn };
      expect(parameter ? formatParameter(contents) : formatTensor(contents)).toBe(text);
    });
  }
});

test("a device other than the cpu is named first, on a new line where it does not fit", () => {
  const contents: TensorContents = { shape: [2], dtype: "float32", data: [1, 2], device: "wasm" };
  expect(formatTensor(contents)).toBe("tensor([1., 2.], device='wasm')");
  expect(formatTensor({ ...contents, requiresGrad: true })).toBe("tensor([1., 2.], device='wasm', requires_grad=True)");
  setPrintOptions({ linewidth: 25 });
  expect(formatTensor({ ...contents, dtype: "uint8" })).toBe(
    "tensor([1, 2],\n       device='wasm',\n       dtype=torch.uint8)",
  );
});

test("only what is shown is read", () => {
  const read: number[] = [];
  const data = (index: number) => {
    read.push(index);
    return index;
  };
  const shape = [60000, 28, 28];
  expect(formatTensor({ shape, dtype: "uint8", data })).toContain("...,");
  expect(read).toEqual(shownElements(shape, getPrintOptions()));
  expect(read.length).toBe(6 ** 3);
});

test("without edge items a summary is three points and the size", () => {
  setPrintOptions({ edgeitems: 0, threshold: 2 });
  const data = [1, 2, 3, 4];
  expect(formatTensor({ shape: [4], dtype: "float32", data })).toBe("tensor([...], size=(4,))");
  expect(formatTensor({ shape: [2, 2], dtype: "int64", data })).toBe("tensor([...], size=(2, 2))");
  expect(formatTensor({ shape: [], dtype: "int64", data })).toBe("tensor(1, size=())");
});
