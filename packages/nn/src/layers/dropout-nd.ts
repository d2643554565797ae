import { ValueError } from "@kindling/core";
import { pythonRepr } from "@kindling/core/extend";
import { Module } from "../module.ts";
import { checkLayerOptions } from "../options.ts";

export interface DropoutOptions {
  /** The probability to be zeroed, where it is not given by itself. Default: 0.5. */
  readonly p?: number;
  /** Overwrite the input instead of making a new tensor. Default: false. */
  readonly inplace?: boolean;
}

/** The base of all dropout layers: `new Dropout(0.2)`, `new Dropout(0.2, { inplace: true })`, `new Dropout({ p: 0.2 })`. */
export abstract class DropoutNd extends Module {
  p: number;
  inplace: boolean;

  constructor(name: string, probability: number | DropoutOptions, more: Omit<DropoutOptions, "p">) {
    super();
    checkLayerOptions(name, more, ["inplace"]);
    const options: DropoutOptions = typeof probability === "number" ? { p: probability, ...more } : probability;
    checkLayerOptions(name, options, ["p", "inplace"]);
    const { p = 0.5, inplace = false } = options;
    checkProbability(name, p);
    this.p = p;
    this.inplace = inplace;
  }

  override extraRepr(): string {
    return `p=${pythonRepr(this.p)}, inplace=${pythonRepr(this.inplace)}`;
  }
}

/** Throws for what is not a probability. */
export function checkProbability(op: string, p: number): void {
  if (p >= 0 && p <= 1) return;
  throw new ValueError(
    op,
    `dropout probability has to be between 0 and 1, but got ${p}`,
    "",
    "It is the share that is dropped.",
  );
}
