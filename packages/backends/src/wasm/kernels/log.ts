import {
  addFour,
  addInts,
  andFour,
  equalFour,
  get,
  lessFour,
  mulFour,
  selectFour,
  set,
  shiftIntsRight,
  sqrtFour,
  subFour,
  subInts,
  toFloats,
  zeros,
} from "./assembler.ts";
import { Constants, type FourFunction, polynomial } from "./four-function.ts";

/** The smallest normal float. */
const NORMAL = 2 ** -126;
/** The bits of `sqrt(1/2)`. */
const ROOT_HALF = 0x3f3504f3;

/** From the highest power down. */
const COEFFICIENTS = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
];

/**
 * `log(x) = e ln 2 + log(1 + f)` with `sqrt(1/2) <= 1 + f < sqrt(2)` and `log(1 + f) = f - f²/2 + f³ p(f)`, p of degree 8: Cephes' logf,
 * a relative error of at most 8.3e-8 (https://netlib.org/cephes, single/logf.c). 0, negative numbers, infinity and NaN as in Math.log.
 *
 * @param first of the `v128` locals that it takes
 */
export function logFour(first: number): FourFunction {
  const [x, e, f, bits] = [first, first + 1, first + 2, first + 3];
  const constants = new Constants(first + 4);
  const [normal, scale, scaleExponent] = [constants.float(NORMAL), constants.float(2 ** 23), constants.float(23)];
  const [rootHalf, mantissa] = [constants.bits(ROOT_HALF), constants.bits(0x7fffff)];
  const [one, half, infinity] = [constants.float(1), constants.float(0.5), constants.float(Number.POSITIVE_INFINITY)];
  const [ln2, ln2Rest] = [constants.float(0.693359375), constants.float(-2.1219444e-4)];
  const coefficients = COEFFICIENTS.map((value) => constants.float(value));

  const tiny = lessFour(get(x), normal);
  const square = mulFour(get(f), get(f));
  const cubic = mulFour(mulFour(polynomial(get(f), coefficients), get(f)), square);
  const low = subFour(addFour(cubic, mulFour(get(e), ln2Rest)), mulFour(square, half));
  const usual = andFour(lessFour(zeros, get(x)), lessFour(get(x), infinity));
  // The root of a negative number is NaN, that of infinity infinite; and -infinity at 0.
  const unusual = subFour(sqrtFour(get(x)), andFour(equalFour(get(x), zeros), infinity));
  return {
    locals: 4 + constants.prepare.length,
    prepare: constants.prepare,
    of: (value) => [
      ...set(x, value),
      ...set(bits, subInts(selectFour(tiny, mulFour(get(x), scale), get(x)), rootHalf)),
      ...set(e, subFour(toFloats(shiftIntsRight(get(bits), 23)), andFour(tiny, scaleExponent))),
      ...set(f, subFour(addInts(andFour(get(bits), mantissa), rootHalf), one)),
      ...selectFour(usual, addFour(addFour(low, get(f)), mulFour(get(e), ln2)), unusual),
    ],
  };
}
