import type { DType } from "@kindling/core";
import { allocateForFile, type FileArray, fileArrayOf } from "@kindling/core/extend";

/** Bytes from which on memory is kept: less is quickly allocated. */
const SMALLEST = 4096;

/** Bytes kept ready at most. */
const MOST = 256 * 2 ** 20;

/** Memory that was given back and waits to be used again: fresh memory costs the system a fault a page. */
export class BufferPool {
  readonly #free = new Map<string, FileArray[]>();
  #bytes = 0;

  take(dtype: DType, length: number): FileArray {
    const array = this.#free.get(keyOf(dtype, length))?.pop();
    if (array === undefined) return allocateForFile(dtype, length);
    this.#bytes -= array.byteLength;
    return array;
  }

  give(array: FileArray): void {
    const { byteLength } = array;
    if (byteLength < SMALLEST || byteLength > MOST) return;
    if (this.#bytes + byteLength > MOST) this.clear();
    const key = keyOfArray(array);
    const same = this.#free.get(key);
    if (same === undefined) this.#free.set(key, [array]);
    else same.push(array);
    this.#bytes += byteLength;
  }

  clear(): void {
    this.#free.clear();
    this.#bytes = 0;
  }
}

function keyOf(dtype: DType, length: number): string {
  return `${fileArrayOf(dtype).name} ${length}`;
}

function keyOfArray(array: FileArray): string {
  return `${array.constructor.name} ${array.length}`;
}
