import { fusedMultiplyAdd as fma } from "./fused-multiply-add.ts";

/**
 * Single-precision logarithm, sine and cosine of the Cephes library, step for step as PyTorch's vectorised `normal_`
 * computes them, where compilers join a product and the sum that follows it into one rounding. That makes `randn` equal
 * to PyTorch's in every bit, on every JavaScript engine.
 *
 * Source: S. Moshier, Cephes Math Library (logf.c, sinf.c); J. Pommier's and G. Garberoglio's SSE and AVX versions.
 */
const f = Math.fround;

const SQRT_HALF = f(Math.SQRT1_2);
const LN2_LOW = f(-2.1219444e-4);
const LN2_HIGH = f(0.693359375);
const LOG = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
].map(f);

const FOUR_OVER_PI = f(4 / Math.PI);
const MINUS_PI_4_HIGH = f(-0.78515625);
const MINUS_PI_4_MIDDLE = f(-2.4187564849853516e-4);
const MINUS_PI_4_LOW = f(-3.774894977445941e-8);
const SIN = [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1].map(f) as [number, number, number];
const COS = [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2].map(f) as [number, number, number];

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** `ln(x)` of a normal positive float: `x = m * 2^e`, `sqrt(1/2) <= m < sqrt(2)`, a polynomial in `m - 1`. */
export function logFloat(x: number): number {
  float[0] = x;
  const word = bits[0] as number;
  let e = (word >>> 23) - 126;
  bits[0] = (word & 0x007fffff) | 0x3f000000;
  let m = float[0] as number;
  if (m < SQRT_HALF) {
    e -= 1;
    m = f(f(m - 1) + m);
  } else {
    m = f(m - 1);
  }
  const square = f(m * m);
  let y = LOG[0] as number;
  for (let i = 1; i < 9; i++) y = fma(y, m, LOG[i] as number);
  y = fma(f(y * m), square, f(e * LN2_LOW));
  y = fma(square, -0.5, y);
  return fma(e, LN2_HIGH, f(m + y));
}

/** Writes `sin(x)` to `out[0]` and `cos(x)` to `out[1]`, for `0 <= x < 8192`. */
export function sinCosFloat(x: number, out: Float32Array): void {
  const octant = (f(x * FOUR_OVER_PI) + 1) & ~1;
  let r = fma(octant, MINUS_PI_4_HIGH, x);
  r = fma(octant, MINUS_PI_4_MIDDLE, r);
  r = fma(octant, MINUS_PI_4_LOW, r);
  const square = f(r * r);
  const c = f(fma(fma(COS[0], square, COS[1]), square, COS[2]) * square);
  const cos = f(fma(c, square, -0.5 * square) + 1);
  const s = f(fma(fma(SIN[0], square, SIN[1]), square, SIN[2]) * square);
  const sin = fma(s, r, r);
  const swap = (octant & 2) !== 0;
  const up = (octant & 4) === 0;
  out[0] = (up ? 1 : -1) * (swap ? cos : sin);
  out[1] = (up === swap ? -1 : 1) * (swap ? sin : cos);
}
