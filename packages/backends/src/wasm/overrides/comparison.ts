import { pointwise } from "./pointwise.ts";

// Comparisons in plain loops; see pointwise.ts for why.

export const eq = pointwise("eq", "bool", (a, b, stepA, stepB, out) => {
  for (let i = 0, j = 0, k = 0; i < out.length; i++, j += stepA, k += stepB) {
    out[i] = (a[j] as number) === (b[k] as number) ? 1 : 0;
  }
});

export const ne = pointwise("ne", "bool", (a, b, stepA, stepB, out) => {
  for (let i = 0, j = 0, k = 0; i < out.length; i++, j += stepA, k += stepB) {
    out[i] = (a[j] as number) !== (b[k] as number) ? 1 : 0;
  }
});

export const lt = pointwise("lt", "bool", (a, b, stepA, stepB, out) => {
  for (let i = 0, j = 0, k = 0; i < out.length; i++, j += stepA, k += stepB) {
    out[i] = (a[j] as number) < (b[k] as number) ? 1 : 0;
  }
});

export const le = pointwise("le", "bool", (a, b, stepA, stepB, out) => {
  for (let i = 0, j = 0, k = 0; i < out.length; i++, j += stepA, k += stepB) {
    out[i] = (a[j] as number) <= (b[k] as number) ? 1 : 0;
  }
});

export const gt = pointwise("gt", "bool", (a, b, stepA, stepB, out) => {
  for (let i = 0, j = 0, k = 0; i < out.length; i++, j += stepA, k += stepB) {
    out[i] = (a[j] as number) > (b[k] as number) ? 1 : 0;
  }
});

export const ge = pointwise("ge", "bool", (a, b, stepA, stepB, out) => {
  for (let i = 0, j = 0, k = 0; i < out.length; i++, j += stepA, k += stepB) {
    out[i] = (a[j] as number) >= (b[k] as number) ? 1 : 0;
  }
});
