import type { TextKey } from "../text/en.ts";
import type { Values } from "../text/text.ts";

/** A sentence of the page, and what fills its blanks. */
export interface Sentence {
  readonly key: TextKey;
  readonly values: Values;
}

/** The page does not accept something, and says why in its own words, in whichever language it is shown. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly sentence: Sentence;

  constructor(key: TextKey, values: Values = {}) {
    super(key);
    this.sentence = { key, values };
  }
}
