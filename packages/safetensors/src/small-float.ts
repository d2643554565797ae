/** A float of at most 16 bits: sign, exponent, mantissa. */
export interface SmallFloat {
  readonly exponentBits: number;
  readonly mantissaBits: number;
  readonly bias: number;
  /**
   * The meaning of the special patterns. `ieee`: the largest exponent is infinity and NaN. `finite`: only all ones are NaN.
   * `unsigned zero`: only minus zero is NaN.
   */
  readonly special: "ieee" | "finite" | "unsigned zero";
}

/** @see https://arxiv.org/abs/2209.05433 (E5M2, E4M3) and https://arxiv.org/abs/2206.02915 (FNUZ) */
export const SMALL_FLOATS = {
  F16: { exponentBits: 5, mantissaBits: 10, bias: 15, special: "ieee" },
  F8_E5M2: { exponentBits: 5, mantissaBits: 2, bias: 15, special: "ieee" },
  F8_E4M3: { exponentBits: 4, mantissaBits: 3, bias: 7, special: "finite" },
  F8_E4M3FNUZ: { exponentBits: 4, mantissaBits: 3, bias: 8, special: "unsigned zero" },
  F8_E5M2FNUZ: { exponentBits: 5, mantissaBits: 2, bias: 16, special: "unsigned zero" },
} as const satisfies Record<string, SmallFloat>;

const tables = new Map<SmallFloat, Float32Array>();

/** The values of all bit patterns. Every one is a float32 too. */
export function valuesOf(format: SmallFloat): Float32Array {
  let values = tables.get(format);
  if (values === undefined) {
    values = Float32Array.from({ length: 2 << (format.exponentBits + format.mantissaBits) }, (_, i) =>
      decodePattern(i, format),
    );
    tables.set(format, values);
  }
  return values;
}

/** `(-1)ˢ · 2^(e − bias) · 1.m`, or `2^(1 − bias) · 0.m` for `e = 0`. */
function decodePattern(pattern: number, { exponentBits, mantissaBits, bias, special }: SmallFloat): number {
  const mantissa = pattern & ((1 << mantissaBits) - 1);
  const exponent = (pattern >> mantissaBits) & ((1 << exponentBits) - 1);
  const sign = pattern >> (exponentBits + mantissaBits) ? -1 : 1;
  const lastExponent = exponent === (1 << exponentBits) - 1;
  if (special === "ieee" && lastExponent) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (special === "finite" && lastExponent && mantissa === (1 << mantissaBits) - 1) return Number.NaN;
  if (special === "unsigned zero" && sign < 0 && exponent === 0 && mantissa === 0) return Number.NaN;
  const fraction = mantissa / (1 << mantissaBits);
  return sign * (exponent === 0 ? fraction * 2 ** (1 - bias) : (1 + fraction) * 2 ** (exponent - bias));
}
