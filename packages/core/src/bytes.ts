/** Bytes in ordinary memory, wherever they lie: together, or in parts. */
export interface Bytes {
  readonly length: number;
  /** Where they lie; null where they lie side by side. */
  readonly parts: ByteParts | null;
  /** Writes them all to the beginning of `out`. */
  copyTo(out: Uint8Array): void;
  /** All of them side by side: not to be written to. */
  together(): Uint8Array;
}

/** Parts of one width, here and there in an array that is never written to: rows of a data set. */
export interface ByteParts {
  readonly data: Uint8Array;
  /** Where each part begins. */
  readonly starts: Float64Array;
  readonly width: number;
}

/** Bytes that lie side by side already. */
export function bytesOf(array: Uint8Array): Bytes {
  return { length: array.length, parts: null, copyTo: (out) => out.set(array), together: () => array };
}
