import type { KernelOverride } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import { floats, output } from "./heap.ts";

/**
 * Sums of floats, added up in double precision. The backend adds one float after the other, which loses four digits of a hundred
 * thousand terms, and transposes first what is not summed over last (4.22, Sum.cc, Sum.js); this is faster too.
 */
export const sum: KernelOverride<"sum"> = (device, { x }, attrs, outs) => {
  if (x.dtype !== "float32") return device.runNative("sum", { x }, attrs, outs);
  const { dims: reduced } = attrs;
  const out = output(device, outs[0]?.shape ?? [], "float32");
  const [data, sums] = [floats(device, x), floats(device, out)];
  // Runs of dimensions that are summed over, the last one first; what a run leaves stays in doubles.
  let doubles: Float64Array | null = null;
  let inner = 1;
  for (let dim = x.shape.length - 1; dim >= 0; dim--) {
    if (!reduced.includes(dim)) {
      inner *= x.shape[dim] as number;
      continue;
    }
    let n = x.shape[dim] as number;
    for (; reduced.includes(dim - 1); dim--) n *= x.shape[dim - 1] as number;
    const outer = numel(x.shape.slice(0, dim));
    if (doubles !== null) doubles = sumDoubles(doubles, outer, n, inner);
    else doubles = inner === 1 ? sumRows(data, outer, n) : sumColumns(data, outer, n, inner);
  }
  sums.set(doubles ?? data);
  return [out];
};

/** Each of `outer` rows of `n`. Four sums at a time: an addition waits for the one before. */
function sumRows(data: Float32Array, outer: number, n: number): Float64Array {
  const sums = new Float64Array(outer);
  const fours = n - (n % 4);
  for (let row = 0, at = 0; row < outer; row++) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (const end = at + fours; at < end; at += 4) {
      a += data[at] as number;
      b += data[at + 1] as number;
      c += data[at + 2] as number;
      d += data[at + 3] as number;
    }
    for (const end = at + (n - fours); at < end; at++) a += data[at] as number;
    sums[row] = a + b + (c + d);
  }
  return sums;
}

/** `[outer, n, inner]` over the middle. */
function sumColumns(data: Float32Array, outer: number, n: number, inner: number): Float64Array {
  const sums = new Float64Array(outer * inner);
  for (let i = 0, at = 0; i < outer; i++) {
    const [start, end] = [i * inner, (i + 1) * inner];
    for (let k = 0; k < n; k++) {
      for (let j = start; j < end; j++, at++) sums[j] = (sums[j] as number) + (data[at] as number);
    }
  }
  return sums;
}

/** The same of doubles; a function of its own, so that each is compiled for one kind of array. */
function sumDoubles(data: Float64Array, outer: number, n: number, inner: number): Float64Array {
  const sums = new Float64Array(outer * inner);
  for (let i = 0, at = 0; i < outer; i++) {
    const [start, end] = [i * inner, (i + 1) * inner];
    for (let k = 0; k < n; k++) {
      for (let j = start; j < end; j++, at++) sums[j] = (sums[j] as number) + (data[at] as number);
    }
  }
  return sums;
}
