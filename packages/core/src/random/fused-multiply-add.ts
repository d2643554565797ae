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

/** 2^27 + 1: what splits a double into two halves of 26 bits, whose products are exact. */
const SPLIT = 134217729;

/** The same for doubles: the product and the sum each with what they lost (Dekker, Knuth), added last. */
export function fusedMultiplyAddOfDoubles(a: number, b: number, c: number): number {
  const product = a * b;
  const [aHigh, aLow] = halves(a);
  const [bHigh, bLow] = halves(b);
  const lostOfProduct = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  const sum = product + c;
  const shadow = sum - product;
  const lostOfSum = product - (sum - shadow) + (c - shadow);
  return sum + (lostOfProduct + lostOfSum);
}

function halves(x: number): readonly [high: number, low: number] {
  const scaled = SPLIT * x;
  const high = scaled - (scaled - x);
  return [high, x - high];
}
