import type { Shape } from "@kindling/core";
import type { Module } from "@kindling/nn";

/** A network that tells digits apart. */
export interface DigitNet extends Module {
  /** The shape of one image as it takes it. */
  readonly inputSize: Shape;
}
