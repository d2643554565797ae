import type { FileArray } from "@kindling/core/extend";
import type { BufferPool } from "./buffer-pool.ts";
import type { LazyBuffer, Node } from "./lazy-buffer.ts";
import type { Signature } from "./signature.ts";

/** Reference counts of lazy buffers. Iterative, not recursive: chains may be thousands of nodes long. */
export class Lifetimes {
  /** Nodes that were recorded and neither computed nor forgotten. */
  pending = 0;
  /** Buffers that the program holds and that no flush has computed. */
  readonly left = new Set<LazyBuffer>();
  /** Parts of the program's state that could not be computed. */
  readonly stuck = new Set<LazyBuffer>();
  readonly #pool: BufferPool;
  #recorded = 0;

  constructor(pool: BufferPool) {
    this.#pool = pool;
  }

  record(signature: Signature, inputs: readonly LazyBuffer[], outs: readonly LazyBuffer[]): Node {
    const node = { signature, inputs, outs, open: outs.length, visited: 0, number: 0 };
    for (let i = 0; i < inputs.length; i++) (inputs[i] as LazyBuffer).users += 1;
    this.#recorded += 1;
    for (let slot = 0; slot < outs.length; slot++) {
      const out = outs[slot] as LazyBuffer;
      out.order = this.#recorded;
      out.node = node;
      out.slot = slot;
    }
    this.pending += 1;
    return node;
  }

  /** Holds what a buffer has replaced until the buffer is computed. */
  remember(buffer: LazyBuffer, previous: LazyBuffer): void {
    if (buffer.node === null || buffer.previous !== null || buffer === previous) return;
    buffer.previous = previous;
    this.use(previous);
  }

  /** The program gives a buffer back. */
  letGo(buffer: LazyBuffer): void {
    buffer.isHeld = false;
    this.left.delete(buffer);
    this.stuck.delete(buffer);
    if (buffer.users === 0) this.#forget(buffer);
  }

  /** A buffer has been computed. */
  settle(buffer: LazyBuffer, value: FileArray): void {
    const { node, previous } = buffer;
    buffer.node = null;
    buffer.failure = null;
    buffer.previous = null;
    this.left.delete(buffer);
    this.stuck.delete(buffer);
    if (node !== null) this.#close(node);
    if (previous !== null) this.release(previous);
    if (buffer.isHeld || buffer.users > 0) buffer.value = value;
    else this.#pool.give(value);
  }

  use(buffer: LazyBuffer): void {
    buffer.users += 1;
  }

  release(buffer: LazyBuffer): void {
    buffer.users -= 1;
    if (buffer.users === 0 && !buffer.isHeld) this.#forget(buffer);
  }

  #close(node: Node): void {
    node.open -= 1;
    if (node.open > 0) return;
    this.pending -= 1;
    for (const input of node.inputs) this.release(input);
  }

  #forget(first: LazyBuffer): void {
    const forgotten = [first];
    for (let buffer = forgotten.pop(); buffer !== undefined; buffer = forgotten.pop()) {
      const { value, node, previous } = buffer;
      if (value !== null) {
        buffer.value = null;
        if (!buffer.isLent) this.#pool.give(value);
      }
      if (previous !== null) {
        buffer.previous = null;
        previous.users -= 1;
        if (previous.users === 0 && !previous.isHeld) forgotten.push(previous);
      }
      if (node === null) continue;
      buffer.node = null;
      node.open -= 1;
      if (node.open > 0) continue;
      this.pending -= 1;
      for (const input of node.inputs) {
        input.users -= 1;
        if (input.users === 0 && !input.isHeld) forgotten.push(input);
      }
    }
  }
}
