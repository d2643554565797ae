import type { LazyBuffer, Node } from "./lazy-buffer.ts";
import type { Recording, TraceProfile } from "./trace-profile.ts";

/**
 * The calls since the last flush, in order. Their text says what was called on what: a loop writes the same one in every step, and is known
 * again by it.
 */
export class Trace implements Recording {
  /** Every result, in order; those whose nodes were forgotten too. */
  readonly buffers: LazyBuffer[] = [];
  /** Known from the flush on. */
  profile: TraceProfile | null = null;
  #given = 0;
  readonly #text: number[] = [];

  /** Notes a call. */
  write({ signature, inputs, outs }: Node): void {
    this.#text.push(signature.id);
    for (let i = 0; i < inputs.length; i++) this.#text.push(this.#numberOf(inputs[i] as LazyBuffer));
    for (let i = 0; i < outs.length; i++) {
      const out = outs[i] as LazyBuffer;
      out.trace = this;
      out.position = this.buffers.push(out) - 1;
    }
  }

  /** Its own results count up from 0, what was given to it counts down from -1. */
  #numberOf(buffer: LazyBuffer): number {
    if (buffer.trace === this) return buffer.position;
    if (buffer.givenTo !== this) {
      buffer.givenTo = this;
      this.#given -= 1;
      buffer.givenNumber = this.#given;
    }
    return buffer.givenNumber;
  }

  get text(): string {
    return this.#text.join();
  }
}
