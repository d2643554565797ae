import type { Bytes } from "../device/bytes.ts";
import type { PendingSteps } from "./pending.ts";

/** Bytes read only to bring them into the cache: kept, so that no compiler omits the read. */
export let touched = 0;

/**
 * Bytes that lie in parts of one width, here and there in an array that is never written to, and the steps that wait: rows of a data
 * set that have been named and not been copied. Whoever needs them together copies them straight to where they are needed.
 */
export class ScatteredBytes implements Bytes {
  readonly data: Uint8Array;
  /** Where each part begins. */
  readonly starts: Float64Array;
  readonly width: number;
  readonly steps: PendingSteps | null;

  constructor(data: Uint8Array, starts: Float64Array, width: number, steps: PendingSteps | null) {
    this.data = data;
    this.starts = starts;
    this.width = width;
    this.steps = steps;
  }

  get length(): number {
    return this.starts.length * this.width;
  }

  withSteps(steps: PendingSteps): ScatteredBytes {
    return new ScatteredBytes(this.data, this.starts, this.width, steps);
  }

  copyTo(out: Uint8Array): void {
    const { data, starts, width } = this;
    // One byte of each part before: the memory looks for all of them at once, not for one after the other.
    let sum = 0;
    for (let i = 0; i < starts.length; i++) sum += data[starts[i] as number] as number;
    touched = sum;
    for (let i = 0; i < starts.length; i++) {
      const start = starts[i] as number;
      out.set(data.subarray(start, start + width), i * width);
    }
  }

  together(): Uint8Array {
    const out = new Uint8Array(this.length);
    this.copyTo(out);
    return out;
  }
}
