import { fromBuffer } from "../api/creation.ts";
import { castArray } from "../base/cast.ts";
import type { DType } from "../base/dtype.ts";
import type { Shape } from "../base/shape.ts";
import type { Device } from "../device/device.ts";
import { cpu } from "../devices/cpu/cpu.ts";
import { moveTo } from "../graph/op.ts";
import { isTensor, type Tensor } from "../tensor/tensor.ts";

/** A tensor as golden files hold it: row-major, with words for what JSON has no number for. */
export interface GoldenTensor {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly data: readonly (number | boolean | string)[];
}

const WORDS: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
  "-0": -0,
};

/** A number, or the word for it. */
export function goldenNumber(value: number | boolean | string): number {
  return typeof value === "string" ? (WORDS[value] as number) : Number(value);
}

/** The numbers of a golden tensor. */
export function goldenNumbers(golden: GoldenTensor): number[] {
  return golden.data.map(goldenNumber);
}

/** A golden tensor on `device`. */
export function fromGolden(golden: GoldenTensor, device: Device = cpu): Tensor {
  const { dtype, shape } = golden;
  return moveTo(fromBuffer(castArray(goldenNumbers(golden), dtype), shape, { dtype }), device);
}

/** How far numbers may be off: `|a - b| <= atol + rtol * |b|`. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** What is wrong with `actual`, in words; null where it agrees. */
export async function differs(actual: unknown, expected: GoldenTensor, tolerance: Tolerance): Promise<string | null> {
  if (!isTensor(actual)) return `no tensor but ${String(actual)}`;
  if (actual.dtype !== expected.dtype) return `dtype ${actual.dtype}, expected ${expected.dtype}`;
  if (String(actual.shape) !== String(expected.shape)) return `shape [${actual.shape}], expected [${expected.shape}]`;
  const [found, wanted] = [await actual.toTypedArray(), goldenNumbers(expected)];
  const at = wanted.findIndex((value, i) => !agree(found[i] as number, value, tolerance));
  if (at < 0 && found.length === wanted.length) return null;
  return `element ${at} is ${found[at]}, expected ${wanted[at]}\n  got      ${Array.from(found)}\n  expected ${wanted}`;
}

export function agree(found: number, wanted: number, { rtol, atol }: Tolerance): boolean {
  if (Object.is(found, wanted) || found === wanted) return true;
  if (!Number.isFinite(found) || !Number.isFinite(wanted)) return Number.isNaN(found) && Number.isNaN(wanted);
  return Math.abs(found - wanted) <= atol + rtol * Math.abs(wanted);
}
