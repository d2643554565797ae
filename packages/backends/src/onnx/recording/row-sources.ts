import type { ByteParts } from "@kindling/core";
import { Piece } from "./piece.ts";

/** Rows of an array: which, of what. */
interface Rows {
  readonly source: Piece;
  readonly numbers: Int32Array;
}

/** Data sets that batches are taken from. A graph picks rows quicker than they are copied beforehand, and on as many threads as it has. */
export class RowSources {
  readonly #sources = new WeakMap<Uint8Array, Piece>();

  /** The parts as rows of their array; null where they begin anywhere. */
  rowsOf({ data, starts, width }: ByteParts): Rows | null {
    const numbers = new Int32Array(starts.length);
    for (let i = 0; i < starts.length; i++) {
      const row = (starts[i] as number) / width;
      numbers[i] = row;
      if (numbers[i] !== row) return null;
    }
    return { source: this.#sourceOf(data, width), numbers };
  }

  #sourceOf(data: Uint8Array, width: number): Piece {
    let source = this.#sources.get(data);
    if (source?.shape[1] === width) return source;
    const count = Math.floor(data.length / width);
    source = new Piece({ shape: [count, width], dtype: "uint8" });
    source.value = data.subarray(0, count * width);
    // It is the program's, and is never written to.
    source.isLent = true;
    this.#sources.set(data, source);
    return source;
  }
}
