import type { Layout } from "./along-dimension.ts";

/** `log_softmax` in plain loops and double precision, row by row, which is the order of the memory. */
export function logSoftmaxInto(out: Float32Array, x: Float32Array, { outer, n, inner }: Layout): void {
  const [largest, sums] = [new Float64Array(inner), new Float64Array(inner)];
  for (let i = 0; i < outer; i++) {
    const [start, end] = [i * n * inner, (i + 1) * n * inner];
    largest.fill(Number.NEGATIVE_INFINITY);
    sums.fill(0);
    for (let at = start; at < end; ) {
      for (let j = 0; j < inner; j++, at++) {
        // A NaN that is passed over here comes back with the sum.
        if ((x[at] as number) > (largest[j] as number)) largest[j] = x[at] as number;
      }
    }
    for (let at = start; at < end; ) {
      for (let j = 0; j < inner; j++, at++) {
        sums[j] = (sums[j] as number) + Math.exp((x[at] as number) - (largest[j] as number));
      }
    }
    for (let j = 0; j < inner; j++) sums[j] = Math.log(sums[j] as number);
    for (let at = start; at < end; ) {
      for (let j = 0; j < inner; j++, at++) out[at] = (x[at] as number) - (largest[j] as number) - (sums[j] as number);
    }
  }
}

/** `grad - exp(output) Σ grad`, likewise. */
export function logSoftmaxBackwardInto(
  out: Float32Array,
  grad: Float32Array,
  output: Float32Array,
  { outer, n, inner }: Layout,
): void {
  const sums = new Float64Array(inner);
  for (let i = 0; i < outer; i++) {
    const [start, end] = [i * n * inner, (i + 1) * n * inner];
    sums.fill(0);
    for (let at = start; at < end; ) {
      for (let j = 0; j < inner; j++, at++) sums[j] = (sums[j] as number) + (grad[at] as number);
    }
    for (let at = start; at < end; ) {
      for (let j = 0; j < inner; j++, at++) {
        out[at] = (grad[at] as number) - Math.exp(output[at] as number) * (sums[j] as number);
      }
    }
  }
}
