import { pointwise } from "./pointwise.ts";

// Comparisons in plain loops; see pointwise.ts for why.

export const equal = pointwise("Equal", "bool", (a, b, stepA, stepB, out) => {
  for (let i = 0, j = 0, k = 0; i < out.length; i++, j += stepA, k += stepB) {
    out[i] = (a[j] as number) === (b[k] as number) ? 1 : 0;
  }
});

export const notEqual = pointwise("NotEqual", "bool", (a, b, stepA, stepB, out) => {
  for (let i = 0, j = 0, k = 0; i < out.length; i++, j += stepA, k += stepB) {
    out[i] = (a[j] as number) !== (b[k] as number) ? 1 : 0;
  }
});

export const less = pointwise("Less", "bool", (a, b, stepA, stepB, out) => {
  for (let i = 0, j = 0, k = 0; i < out.length; i++, j += stepA, k += stepB) {
    out[i] = (a[j] as number) < (b[k] as number) ? 1 : 0;
  }
});

export const lessEqual = pointwise("LessEqual", "bool", (a, b, stepA, stepB, out) => {
  for (let i = 0, j = 0, k = 0; i < out.length; i++, j += stepA, k += stepB) {
    out[i] = (a[j] as number) <= (b[k] as number) ? 1 : 0;
  }
});

export const greater = pointwise("Greater", "bool", (a, b, stepA, stepB, out) => {
  for (let i = 0, j = 0, k = 0; i < out.length; i++, j += stepA, k += stepB) {
    out[i] = (a[j] as number) > (b[k] as number) ? 1 : 0;
  }
});

export const greaterEqual = pointwise("GreaterEqual", "bool", (a, b, stepA, stepB, out) => {
  for (let i = 0, j = 0, k = 0; i < out.length; i++, j += stepA, k += stepB) {
    out[i] = (a[j] as number) >= (b[k] as number) ? 1 : 0;
  }
});
