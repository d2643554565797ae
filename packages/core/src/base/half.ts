// Floats of 16 bits, in numbers that JavaScript holds: rounding to them, and their bits. Halves go to the even neighbour.

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/** From here on a number is an infinity as a `float16`: half way from the largest, 65504, to what would follow. */
const OVERFLOW = 65520;
const LEAST_NORMAL = 2 ** -14;
/** Adding and taking off this many in double precision leaves multiples of 2^-24, the least `float16`. */
const TO_SUBNORMAL = 2 ** 28 * 1.5;

/** The nearest `float16`, by way of `float32`, as PyTorch converts. */
export function roundToHalf(value: number): number {
  const float = Math.fround(value);
  const size = Math.abs(float);
  if (!(size < OVERFLOW)) return Number.isNaN(float) ? float : float * Number.POSITIVE_INFINITY;
  if (size < LEAST_NORMAL) {
    const rounded = float + TO_SUBNORMAL - TO_SUBNORMAL;
    // Zero keeps its sign.
    return rounded === 0 ? float * 0 : rounded;
  }
  single[0] = float;
  const pattern = bits[0] as number;
  bits[0] = (pattern + 0xfff + ((pattern >>> 13) & 1)) & ~0x1fff;
  return single[0];
}

/** The nearest `bfloat16`, by way of `float32`. */
export function roundToBFloat16(value: number): number {
  single[0] = value;
  const pattern = bits[0] as number;
  if (Number.isNaN(value)) return value;
  bits[0] = (pattern + 0x7fff + ((pattern >>> 16) & 1)) & ~0xffff;
  return single[0];
}

/** The 16 bits of a number that is a `float16`. */
export function bitsOfHalf(value: number): number {
  single[0] = value;
  const pattern = bits[0] as number;
  const sign = (pattern >>> 16) & 0x8000;
  if (Number.isNaN(value)) return sign | 0x7e00;
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return sign | 0x7c00;
  if (size < LEAST_NORMAL) return sign | (size * 2 ** 24);
  return sign | (((pattern & 0x7fffffff) >>> 13) - ((127 - 15) << 10));
}

/** The 16 bits of a number that is a `bfloat16`: the upper half of the `float32`. */
export function bitsOfBFloat16(value: number): number {
  single[0] = value;
  return (bits[0] as number) >>> 16;
}

/** The number of which these are the 16 bits of a `float16`: `(-1)^s 2^(e - 15) 1.m`, or `2^-14 0.m` for `e = 0`. */
export function floatOfHalfBits(pattern: number): number {
  const sign = pattern & 0x8000 ? -1 : 1;
  const [exponent, mantissa] = [(pattern >> 10) & 0x1f, pattern & 0x3ff];
  if (exponent === 0x1f) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? mantissa * 2 ** -24 : (1 + mantissa / 1024) * 2 ** (exponent - 15));
}
