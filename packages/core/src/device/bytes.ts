/**
 * The bytes of a whole file, in memory of their own: what `new Blob([bytes])`, `new Response(bytes)` and `fetch` accept.
 *
 * `Uint8Array<ArrayBuffer>` to compilers that know it (TypeScript 5.7 on), `Uint8Array` to older ones.
 */
export type FileBytes = ReturnType<Uint8ArrayConstructor["of"]>;

/** Bytes in ordinary memory, wherever they lie: together, or in parts. */
export interface Bytes {
  readonly length: number;
  /** Writes them all to the beginning of `out`. */
  copyTo(out: Uint8Array): void;
  /** All of them side by side: not to be written to. */
  together(): Uint8Array;
}

/** Bytes that lie side by side already. */
export function bytesOf(array: Uint8Array): Bytes {
  return { length: array.length, copyTo: (out) => out.set(array), together: () => array };
}
