import type { Plane, PlaneKernel } from "../planes.ts";
import { type Contribution, contributions, type ResampleFilter } from "../resample-filter.ts";

/** Weights are integers of this many bits after the point: 32, less 8 for the pixel and 2 for overshoot. */
const PRECISION_BITS = 32 - 8 - 2;

interface FixedContribution {
  readonly start: number;
  readonly weights: Int32Array;
}

/**
 * Resizing of byte images as Pillow 13 does it, bit for bit: a pass across and a pass down, each in fixed point with
 * rounding and clipping; a pass that changes no size is left out. The pass down comes first where the height shrinks by
 * more than twice what the width does. (Pillow before 13 always went across first.)
 *
 * @see https://github.com/python-pillow/Pillow/blob/13.0.0/src/libImaging/Resample.c
 */
export function resampleKernel(
  [inHeight, inWidth]: readonly [number, number],
  [outHeight, outWidth]: readonly [number, number],
  filter: ResampleFilter,
): PlaneKernel<Uint8Array> {
  const columns = contributions(inWidth, outWidth, filter).map(toFixedPoint);
  const rows = contributions(inHeight, outHeight, filter).map(toFixedPoint);
  if (inHeight === outHeight) return (from, to) => resampleAcross(from, to, columns);
  if (inWidth === outWidth) return (from, to) => resampleDown(from, to, rows);
  if (inHeight - outHeight > Math.max(2 * (inWidth - outWidth), 0)) {
    const between = plane(outHeight, inWidth);
    return (from, to) => {
      resampleDown(from, between, rows);
      resampleAcross(between, to, columns);
    };
  }
  const between = plane(inHeight, outWidth);
  return (from, to) => {
    resampleAcross(from, between, columns);
    resampleDown(between, to, rows);
  };
}

function plane(height: number, width: number): Plane<Uint8Array> {
  return { data: new Uint8Array(height * width), offset: 0, height, width };
}

function toFixedPoint({ start, weights }: Contribution): FixedContribution {
  const fixed = Int32Array.from(weights, (weight) => weight * 2 ** PRECISION_BITS + (weight < 0 ? -0.5 : 0.5));
  return { start, weights: fixed };
}

function resampleAcross(from: Plane<Uint8Array>, to: Plane<Uint8Array>, columns: readonly FixedContribution[]): void {
  for (let y = 0; y < to.height; y++) {
    const row = from.offset + y * from.width;
    const outRow = to.offset + y * to.width;
    for (let x = 0; x < to.width; x++) {
      const { start, weights } = columns[x] as FixedContribution;
      let sum = 1 << (PRECISION_BITS - 1);
      for (let j = 0; j < weights.length; j++) {
        sum += (from.data[row + start + j] as number) * (weights[j] as number);
      }
      to.data[outRow + x] = clip(sum);
    }
  }
}

function resampleDown(from: Plane<Uint8Array>, to: Plane<Uint8Array>, rows: readonly FixedContribution[]): void {
  for (let y = 0; y < to.height; y++) {
    const { start, weights } = rows[y] as FixedContribution;
    const outRow = to.offset + y * to.width;
    for (let x = 0; x < to.width; x++) {
      let sum = 1 << (PRECISION_BITS - 1);
      for (let j = 0; j < weights.length; j++) {
        sum += (from.data[from.offset + (start + j) * from.width + x] as number) * (weights[j] as number);
      }
      to.data[outRow + x] = clip(sum);
    }
  }
}

function clip(sum: number): number {
  return Math.min(Math.max(sum >> PRECISION_BITS, 0), 255);
}
