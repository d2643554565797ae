import { type Contribution, contributions, type ResampleFilter } from "../resample-filter.ts";
import type { Plane, PlaneKernel } from "./planes.ts";

/** Weights are integers of this many bits after the point: 32, less 8 for the pixel and 2 for overshoot. */
const PRECISION_BITS = 32 - 8 - 2;

interface FixedContribution {
  readonly start: number;
  readonly weights: Int32Array;
}

/**
 * Resizing of byte images as Pillow does it, bit for bit: first across, then down, each pass in fixed point with
 * rounding and clipping; a pass that changes no size is left out.
 *
 * @see https://github.com/python-pillow/Pillow/blob/main/src/libImaging/Resample.c
 */
export function resampleKernel(
  [inHeight, inWidth]: readonly [number, number],
  [outHeight, outWidth]: readonly [number, number],
  filter: ResampleFilter,
): PlaneKernel {
  const across = inWidth === outWidth ? null : contributions(inWidth, outWidth, filter).map(toFixedPoint);
  const down = inHeight === outHeight ? null : contributions(inHeight, outHeight, filter).map(toFixedPoint);
  const between: Plane = {
    data: new Uint8Array(across !== null && down !== null ? inHeight * outWidth : 0),
    offset: 0,
    height: inHeight,
    width: outWidth,
  };
  return (from, to) => {
    if (across !== null && down !== null) {
      resampleAcross(from, between, across);
      resampleDown(between, to, down);
    } else if (across !== null) resampleAcross(from, to, across);
    else if (down !== null) resampleDown(from, to, down);
    else to.data.set(from.data.subarray(from.offset, from.offset + inHeight * inWidth), to.offset);
  };
}

function toFixedPoint({ start, weights }: Contribution): FixedContribution {
  const fixed = Int32Array.from(weights, (weight) => weight * 2 ** PRECISION_BITS + (weight < 0 ? -0.5 : 0.5));
  return { start, weights: fixed };
}

function resampleAcross(from: Plane, to: Plane, columns: readonly FixedContribution[]): void {
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

function resampleDown(from: Plane, to: Plane, rows: readonly FixedContribution[]): void {
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
