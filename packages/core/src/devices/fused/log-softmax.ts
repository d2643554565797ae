/** The sizes before the dimension, of it, and after it. */
export type Around = readonly [outer: number, n: number, inner: number];

/** `x - log(Σ exp(x))` over the middle of `[outer, n, inner]`: shifted by the largest, and added up in double precision. */
export function logSoftmaxInto(x: Float32Array, [outer, n, inner]: Around, out: Float32Array): void {
  const largest = new Float64Array(inner);
  const sums = new Float64Array(inner);
  for (let row = 0; row < outer; row++) {
    const start = row * n * inner;
    const end = start + n * inner;
    largest.fill(Number.NEGATIVE_INFINITY);
    sums.fill(0);
    for (let at = start; at < end; ) {
      for (let i = 0; i < inner; i++, at++) {
        const value = x[at] as number;
        if (value > (largest[i] as number)) largest[i] = value;
      }
    }
    for (let at = start; at < end; ) {
      for (let i = 0; i < inner; i++, at++) {
        sums[i] = (sums[i] as number) + Math.exp((x[at] as number) - (largest[i] as number));
      }
    }
    for (let i = 0; i < inner; i++) sums[i] = Math.log(sums[i] as number);
    for (let at = start; at < end; ) {
      for (let i = 0; i < inner; i++, at++) out[at] = (x[at] as number) - (largest[i] as number) - (sums[i] as number);
    }
  }
}

/** `grad - exp(output) Σ grad` over the middle of `[outer, n, inner]`. */
export function logSoftmaxGradInto(
  grad: Float32Array,
  output: Float32Array,
  [outer, n, inner]: Around,
  out: Float32Array,
): void {
  const sums = new Float64Array(inner);
  for (let row = 0; row < outer; row++) {
    const start = row * n * inner;
    const end = start + n * inner;
    sums.fill(0);
    for (let at = start; at < end; ) {
      for (let i = 0; i < inner; i++, at++) sums[i] = (sums[i] as number) + (grad[at] as number);
    }
    for (let at = start; at < end; ) {
      for (let i = 0; i < inner; i++, at++) {
        out[at] = (grad[at] as number) - Math.exp(output[at] as number) * (sums[i] as number);
      }
    }
  }
}
