import type { TypedArray } from "@kindling/core";
import type { BufferPool } from "../running/buffer-pool.ts";
import type { Piece, Recipe } from "./piece.ts";
import type { Signature } from "./signature.ts";

/** Says when pieces are needed no longer. Chains of recipes may be long: nothing here calls itself. */
export class Keeper {
  /** Recipes that were recorded and neither computed nor forgotten. */
  pending = 0;
  /** Pieces that the program holds and that no flush has computed. */
  readonly left = new Set<Piece>();
  readonly #pool: BufferPool;

  constructor(pool: BufferPool) {
    this.#pool = pool;
  }

  record(signature: Signature, inputs: readonly Piece[], outs: readonly Piece[]): Recipe {
    const recipe = { signature, inputs, outs, open: outs.length, visited: 0, number: 0 };
    for (let i = 0; i < inputs.length; i++) (inputs[i] as Piece).users += 1;
    for (let slot = 0; slot < outs.length; slot++) {
      const out = outs[slot] as Piece;
      out.recipe = recipe;
      out.slot = slot;
    }
    this.pending += 1;
    return recipe;
  }

  /** The program gives a piece back. */
  letGo(piece: Piece): void {
    piece.isHeld = false;
    this.left.delete(piece);
    if (piece.users === 0) this.#forget(piece);
  }

  /** A piece has been computed. */
  settle(piece: Piece, value: TypedArray): void {
    const { recipe } = piece;
    piece.recipe = null;
    this.left.delete(piece);
    if (recipe !== null) this.#close(recipe);
    if (piece.isHeld || piece.users > 0) piece.value = value;
    else this.#pool.give(value);
  }

  use(piece: Piece): void {
    piece.users += 1;
  }

  release(piece: Piece): void {
    piece.users -= 1;
    if (piece.users === 0 && !piece.isHeld) this.#forget(piece);
  }

  #close(recipe: Recipe): void {
    recipe.open -= 1;
    if (recipe.open > 0) return;
    this.pending -= 1;
    for (const input of recipe.inputs) this.release(input);
  }

  #forget(first: Piece): void {
    const forgotten = [first];
    for (let piece = forgotten.pop(); piece !== undefined; piece = forgotten.pop()) {
      const { value, recipe } = piece;
      if (value !== null) {
        piece.value = null;
        if (!piece.isLent) this.#pool.give(value);
      }
      if (recipe === null) continue;
      piece.recipe = null;
      recipe.open -= 1;
      if (recipe.open > 0) continue;
      this.pending -= 1;
      for (const input of recipe.inputs) {
        input.users -= 1;
        if (input.users === 0 && !input.isHeld) forgotten.push(input);
      }
    }
  }
}
