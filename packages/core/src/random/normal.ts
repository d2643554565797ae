import { castArray } from "../base/cast.ts";
import type { DType, TypedArray } from "../base/dtype.ts";
import { ValueError } from "../base/errors.ts";
import { logFloat, sinCosFloat } from "./cephes.ts";
import { fusedMultiplyAdd } from "./fused-multiply-add.ts";
import type { Generator } from "./generator.ts";

const TWO_PI = Math.fround(2 * Math.PI);
const BLOCK = 16;

/**
 * `n` floats of the normal distribution (`normal_`, `randn`), by Box and Muller: `sqrt(-2 ln(1 - u)) cos(2 pi v)` and the
 * same with `sin`. As in PyTorch, fewer than 16 are made one by one in doubles, an odd one out being kept for the next
 * call; from 16 on, floats are made in blocks of 16, and if `n` is no multiple the last 16 are drawn afresh. One call
 * for `n` is therefore not two for its parts.
 *
 * @throws ValueError if `std` is negative or NaN.
 */
export function normal(generator: Generator, n: number, mean = 0, std = 1): Float32Array {
  checkStd(std);
  if (n >= BLOCK) return normalsInBlocks(generator, n, mean, std);
  return oneByOne(generator, mean, std, new Float32Array(n));
}

/** `n` floats of a dtype of the normal distribution: see `normal`. Halves are floats that are rounded; doubles in blocks have 53 bits of two draws each. */
export function normalOf(generator: Generator, n: number, mean: number, std: number, dtype: DType): TypedArray {
  if (dtype === "float32") return normal(generator, n, mean, std);
  checkStd(std);
  if (dtype !== "float64" && n >= BLOCK) {
    // Here the last block is drawn after the whole ones, and what it replaces is not.
    return castArray(normalsInBlocks(generator, n, mean, std, n - (n % BLOCK)), dtype);
  }
  const doubles = new Float64Array(n);
  if (n >= BLOCK) return doublesInBlocks(generator, mean, std, doubles);
  return castArray(oneByOne(generator, mean, std, doubles), dtype);
}

function checkStd(std: number): void {
  if (std >= 0) return;
  throw new ValueError("normal", `normal expects std >= 0.0, but found std ${std}`, "", "Pass a standard deviation.");
}

function doublesInBlocks(generator: Generator, mean: number, std: number, out: Float64Array): Float64Array {
  for (let i = 0; i < out.length; i++) out[i] = generator.random53();
  const whole = out.length - (out.length % BLOCK);
  for (let at = 0; at < whole; at += BLOCK) boxMullerOfDoubles(out, at, mean, std);
  if (whole < out.length) {
    const last = out.length - BLOCK;
    for (let i = last; i < out.length; i++) out[i] = generator.random53();
    boxMullerOfDoubles(out, last, mean, std);
  }
  return out;
}

function boxMullerOfDoubles(out: Float64Array, at: number, mean: number, std: number): void {
  for (let i = at; i < at + 8; i++) {
    const radius = Math.sqrt(-2 * Math.log(1 - (out[i] as number)));
    const theta = 2 * Math.PI * (out[i + 8] as number);
    out[i] = radius * Math.cos(theta) * std + mean;
    out[i + 8] = radius * Math.sin(theta) * std + mean;
  }
}

function oneByOne<Out extends TypedArray>(generator: Generator, mean: number, std: number, out: Out): Out {
  const n = out.length;
  for (let i = 0; i < n; i++) {
    let value = generator.takeCachedNormal();
    if (value === undefined) {
      const theta = 2 * Math.PI * generator.random53();
      const radius = Math.sqrt(-2 * Math.log1p(-generator.random53()));
      generator.cacheNormal(radius * Math.sin(theta));
      value = radius * Math.cos(theta);
    }
    out[i] = value * std + mean;
  }
  return out;
}

function normalsInBlocks(generator: Generator, n: number, mean: number, std: number, drawn = n): Float32Array {
  const out = new Float32Array(n);
  const draws = new Uint32Array(out.buffer);
  generator.fill32(draws.subarray(0, drawn));
  const whole = n - (n % BLOCK);
  for (let at = 0; at < whole; at += BLOCK) boxMuller(draws, out, at, Math.fround(mean), Math.fround(std));
  if (whole < n) {
    generator.fill32(draws.subarray(n - BLOCK));
    boxMuller(draws, out, n - BLOCK, Math.fround(mean), Math.fround(std));
  }
  return out;
}

const sinCos = new Float32Array(2);

/** Turns 16 draws from `at` into normals: the first eight are radii, the rest angles. The two arrays share memory. */
function boxMuller(draws: Uint32Array, out: Float32Array, at: number, mean: number, std: number): void {
  for (let i = at; i < at + 8; i++) {
    const u = 1 - ((draws[i] as number) & 0xffffff) * 2 ** -24;
    const v = ((draws[i + 8] as number) & 0xffffff) * 2 ** -24;
    const radius = Math.fround(Math.sqrt(Math.fround(-2 * logFloat(u))));
    sinCosFloat(Math.fround(TWO_PI * v), sinCos);
    out[i] = fusedMultiplyAdd(Math.fround(radius * (sinCos[1] as number)), std, mean);
    out[i + 8] = fusedMultiplyAdd(Math.fround(radius * (sinCos[0] as number)), std, mean);
  }
}
