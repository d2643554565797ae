import type { Experience, Recording } from "./experience.ts";
import type { Piece, Recipe } from "./piece.ts";

/**
 * The calls since the last flush, in order. Their text says what was called on what: a loop writes the same one in every step, and is known
 * again by it.
 */
export class Tape implements Recording {
  /** Every result, in order; those whose recipes were forgotten too. */
  readonly pieces: Piece[] = [];
  /** Known from the flush on. */
  experience: Experience | null = null;
  #given = 0;
  readonly #text: number[] = [];

  /** Notes a call. */
  write({ signature, inputs, outs }: Recipe): void {
    this.#text.push(signature.id);
    for (let i = 0; i < inputs.length; i++) this.#text.push(this.#numberOf(inputs[i] as Piece));
    for (let i = 0; i < outs.length; i++) {
      const out = outs[i] as Piece;
      out.tape = this;
      out.position = this.pieces.push(out) - 1;
    }
  }

  /** Its own results count up from 0, what was given to it counts down from -1. */
  #numberOf(piece: Piece): number {
    if (piece.tape === this) return piece.position;
    if (piece.givenTo !== this) {
      piece.givenTo = this;
      this.#given -= 1;
      piece.givenNumber = this.#given;
    }
    return piece.givenNumber;
  }

  get text(): string {
    return this.#text.join();
  }
}
