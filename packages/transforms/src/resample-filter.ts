/** A resampling filter: its weight at a distance, in pixels, and the distance beyond which that is 0. */
export interface ResampleFilter {
  readonly support: number;
  weight(distance: number): number;
}

/** `1 - |x|` */
export const TRIANGLE: ResampleFilter = {
  support: 1,
  weight(distance) {
    const x = Math.abs(distance);
    return x < 1 ? 1 - x : 0;
  },
};

/** Keys' cubic convolution with `a = -0.5`. */
export const CUBIC: ResampleFilter = {
  support: 2,
  weight(distance) {
    const a = -0.5;
    const x = Math.abs(distance);
    if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
    if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
    return 0;
  },
};

/** Which pixels an output pixel is made of, from `start` on, and how much of each. */
export interface Contribution {
  readonly start: number;
  readonly weights: Float64Array;
}

/**
 * One contribution for each of `outSize` pixels, as Pillow computes them: the filter is stretched by `inSize / outSize`
 * where that shrinks the image, so that every pixel counts (antialiasing), and its weights add up to 1.
 *
 * @see https://github.com/python-pillow/Pillow/blob/main/src/libImaging/Resample.c (precompute_coeffs)
 */
export function contributions(inSize: number, outSize: number, filter: ResampleFilter): Contribution[] {
  const scale = inSize / outSize;
  const stretch = Math.max(scale, 1);
  const support = filter.support * stretch;
  const inverse = 1 / stretch;
  return Array.from({ length: outSize }, (_, i) => {
    const center = (i + 0.5) * scale;
    const start = Math.max(Math.trunc(center - support + 0.5), 0);
    const end = Math.min(Math.trunc(center + support + 0.5), inSize);
    const weights = new Float64Array(Math.max(end - start, 0));
    let sum = 0;
    for (let j = 0; j < weights.length; j++) {
      const weight = filter.weight((j + start - center + 0.5) * inverse);
      weights[j] = weight;
      sum += weight;
    }
    if (sum !== 0) for (let j = 0; j < weights.length; j++) weights[j] = (weights[j] as number) / sum;
    return { start, weights };
  });
}
