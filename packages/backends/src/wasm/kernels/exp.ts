import {
  addFour,
  addInts,
  andFour,
  atMostFour,
  get,
  largerFour,
  mulFour,
  selectFour,
  set,
  shiftIntsLeft,
  subFour,
  tee,
  zeros,
} from "./assembler.ts";
import { Constants, type FourFunction, polynomial } from "./four-function.ts";

/** Arguments below give less than 2^-126, the smallest normal float: here 0. */
const LOWEST = -87.33654;
/** Arguments above give more than the largest float: infinity. */
const HIGHEST = 88.72283;

/** 1.5 * 2^23, whose neighbours are a whole step away: a number added to it is rounded, and stands in the lowest bits. */
const ROUNDS = 12582912;

/** From the highest power down. */
const COEFFICIENTS = [
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
];

/**
 * `exp(x) = 2^n exp(r)` with `|r| <= ln(2) / 2` and `exp(r) = 1 + r + r² p(r)`, p of degree 5: Cephes' expf, a relative error of at
 * most 1.7e-7 (https://netlib.org/cephes, single/expf.c). Infinities and NaN as in Math.exp. Results below 2^-126 are 0: processors
 * take a hundred times as long for numbers that are not normal.
 *
 * @param first of the `v128` locals that it takes
 */
export function expFour(first: number): FourFunction {
  const [x, n, r] = [first, first + 1, first + 2];
  const constants = new Constants(first + 3);
  const [lowest, highest, huge] = [constants.float(LOWEST), constants.float(HIGHEST), constants.float(3e38)];
  const [rounds, log2e, one] = [constants.float(ROUNDS), constants.float(Math.LOG2E), constants.float(1)];
  // ln 2 in two parts, the first of so few bits that n times it is exact.
  const [ln2, ln2Rest] = [constants.float(0.693359375), constants.float(-2.1219444e-4)];
  const coefficients = COEFFICIENTS.map((value) => constants.float(value));

  const square = mulFour(get(r), get(r));
  const mantissa = addFour(addFour(mulFour(polynomial(get(r), coefficients), square), get(r)), one);
  const inRange = andFour(atMostFour(lowest, get(x)), atMostFour(get(x), highest));
  const beyond = mulFour(largerFour(get(x), zeros), huge);
  return {
    locals: 3 + constants.prepare.length,
    prepare: constants.prepare,
    of: (value) => [
      ...set(n, addFour(mulFour(tee(x, value), log2e), rounds)),
      ...set(r, subFour(get(n), rounds)),
      ...set(r, subFour(subFour(get(x), mulFour(get(r), ln2)), mulFour(get(r), ln2Rest))),
      // n is added to the exponent's bits.
      ...selectFour(inRange, addInts(mantissa, shiftIntsLeft(get(n), 23)), beyond),
    ],
  };
}
