import { pointwise } from "./pointwise.ts";

// `maximum` and `minimum` in plain loops; see pointwise.ts for why. Either operand's NaN goes through, as in PyTorch; the
// backend's kernels drop it.

export const maximum = pointwise("maximum", "same", (a, b, stepA, stepB, out) => {
  for (let i = 0, j = 0, k = 0; i < out.length; i++, j += stepA, k += stepB) {
    const [x, y] = [a[j] as number, b[k] as number];
    out[i] = x > y || Number.isNaN(x) ? x : y;
  }
});

export const minimum = pointwise("minimum", "same", (a, b, stepA, stepB, out) => {
  for (let i = 0, j = 0, k = 0; i < out.length; i++, j += stepA, k += stepB) {
    const [x, y] = [a[j] as number, b[k] as number];
    out[i] = x < y || Number.isNaN(x) ? x : y;
  }
});
