import { integerKernels } from "@kindling/core/device";

// Whole numbers that the backend computes as floats, exact up to 2^24 only.

/** Only floats are known: `int32` is taken for bits of them, or cast (4.22, Abs.js, unary_kernel.js). */
export const { abs } = integerKernels;

/** Computed in floats (4.22, Neg.cc). */
export const { neg } = integerKernels;

/** The pad value is passed as a float (4.22, PadV2.cc). */
export const { pad } = integerKernels;

/** A power of floats, which saturates when it is converted back (4.22, Pow.cc). */
export const { pow } = integerKernels;
