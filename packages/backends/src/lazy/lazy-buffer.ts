import type { DType, Shape } from "@kindling/core";
import type { TensorSpec } from "@kindling/core/device";
import type { FileArray } from "@kindling/core/extend";
import type { Signature } from "./signature.ts";
import type { Recording } from "./trace-profile.ts";

/** A kernel call that nobody has computed yet. */
export interface Node {
  readonly signature: Signature;
  readonly inputs: readonly LazyBuffer[];
  readonly outs: readonly LazyBuffer[];
  /** Results that somebody may still ask for. */
  open: number;
  /** When it was last met on the way from what is asked for, and its number among what was met then. */
  visited: number;
  number: number;
}

/** A call that could not be computed. */
export interface Failure {
  readonly culprit: Node;
  readonly error: Error;
}

/**
 * A handle of the device: elements, or the node for them. It lives while the program holds it or a node needs it; then its memory
 * serves the next.
 */
export class LazyBuffer implements TensorSpec {
  readonly shape: Shape;
  readonly dtype: DType;
  value: FileArray | null = null;
  node: Node | null = null;
  /** Whether it is being computed elsewhere, and when that has come to an end. */
  underWay: Promise<void> | null = null;
  /** Why it could not be computed when that was last tried. */
  failure: Failure | null = null;
  /** The part of the program's state that it replaces, held until this is computed: the step that computes it may fail. */
  previous: LazyBuffer | null = null;
  /** When it was recorded: later ones have larger numbers. 0 where it was given. */
  order = 0;
  /** Which result of its node it is. */
  slot = 0;
  /** Whether the program has it. */
  isHeld = true;
  /** Nodes that need it. */
  users = 0;
  /** Whether the program has it from step to step. */
  isState = false;
  /** Whether its elements were handed out, and are not to be written again. */
  isLent = false;
  /** The number it was made of, where it was uploaded as one. */
  scalar: number | null = null;
  /** Where it was recorded. */
  trace: Recording | null = null;
  position = 0;
  /** The trace that met it last as something given, and its number there. */
  givenTo: Recording | null = null;
  givenNumber = 0;

  constructor({ shape, dtype }: TensorSpec) {
    this.shape = shape;
    this.dtype = dtype;
  }

  /** Whether it is neither there nor on its way. */
  get isPending(): boolean {
    return this.node !== null && this.underWay === null;
  }
}
