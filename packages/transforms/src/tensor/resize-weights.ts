import type { InterpolationMode } from "../interpolation-mode.ts";
import { type Contribution, CUBIC, contributions, TRIANGLE } from "../resample-filter.ts";

/**
 * Of which pixels of a row (or column) each of `outSize` is made, as `torch.nn.functional.interpolate` has it.
 *
 * - antialiased: as Pillow does, see `contributions`;
 * - bilinear and bicubic: the 2 or 4 pixels around `(i + 0.5) * scale - 0.5`; beyond the edge it is the edge's;
 * - nearest: the one at `i * scale`, nearest-exact: at `(i + 0.5) * scale`, in single precision.
 */
export function resizeWeights(
  inSize: number,
  outSize: number,
  mode: InterpolationMode,
  antialias: boolean,
): Contribution[] {
  if (mode === "nearest" || mode === "nearest-exact") return nearest(inSize, outSize, mode === "nearest" ? 0 : 0.5);
  if (antialias) return contributions(inSize, outSize, mode === "bilinear" ? TRIANGLE : CUBIC);
  const scale = inSize / outSize;
  return Array.from({ length: outSize }, (_, i) => {
    const center = (i + 0.5) * scale - 0.5;
    const source = mode === "bilinear" ? Math.max(center, 0) : center;
    const first = Math.floor(source);
    const taps = mode === "bilinear" ? linearTaps(source - first) : cubicTaps(source - first);
    return clamped(mode === "bilinear" ? first : first - 1, taps, inSize);
  });
}

function nearest(inSize: number, outSize: number, shift: number): Contribution[] {
  const scale = Math.fround(inSize / outSize);
  return Array.from({ length: outSize }, (_, i) => ({
    start: Math.min(Math.floor(Math.fround((i + shift) * scale)), inSize - 1),
    weights: Float64Array.of(1),
  }));
}

/** Weights beyond the edge are added to the pixel at the edge. */
function clamped(first: number, taps: readonly number[], inSize: number): Contribution {
  const place = (i: number): number => Math.min(Math.max(first + i, 0), inSize - 1);
  const start = place(0);
  const weights = new Float64Array(place(taps.length - 1) - start + 1);
  taps.forEach((tap, i) => {
    weights[place(i) - start] = (weights[place(i) - start] as number) + tap;
  });
  return { start, weights };
}

function linearTaps(t: number): number[] {
  return [1 - t, t];
}

/** Cubic convolution with `a = -0.75`, of the pixels at distances `1 + t`, `t`, `1 - t`, `2 - t`. */
function cubicTaps(t: number): number[] {
  const a = -0.75;
  const near = (x: number): number => ((a + 2) * x - (a + 3)) * x * x + 1;
  const far = (x: number): number => ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
  return [far(1 + t), near(t), near(1 - t), far(2 - t)];
}
