/**
 * `a * b + c` of floats, rounded once, as the processor's FMA gives it. In doubles the product of two floats is exact;
 * rounding the sum to a double and then to a float errs only where that double lies halfway between two floats.
 */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const product = a * b;
  const sum = product + c;
  const near = Math.fround(sum);
  const rest = sum - near;
  const far = near + 2 * rest;
  if (rest === 0 || Math.fround(far) !== far) return near;
  // Halfway: what the sum lost decides (Knuth's two-sum).
  const shadow = sum - product;
  const lost = product - (sum - shadow) + (c - shadow);
  return lost !== 0 && lost > 0 === far > near ? far : near;
}
