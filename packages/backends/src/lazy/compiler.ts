import type { FileArray } from "@kindling/core/extend";
import type { LazyBuffer } from "./lazy-buffer.ts";
import type { Subgraph } from "./subgraph.ts";

/** A compiled subgraph. */
export interface Executable {
  /** Until it is compiled. */
  readonly ready: unknown;
  /** Computes `roots` from what is given, each into its piece of `memory`. A promise where the compiler is not synchronous. */
  run(given: readonly LazyBuffer[], roots: readonly LazyBuffer[], memory: readonly FileArray[]): void | Promise<void>;
  /** Somebody is about to run it, and holds it until `release`. */
  use(): void;
  release(): void;
}

/** Compiles recorded calls. The onnx device's is ONNX Runtime. */
export interface Compiler {
  /** Whether graphs are compiled and run before the call returns. */
  readonly isSync: boolean;
  /** An executable for all subgraphs with the same text, kept as long as the compiler sees fit. */
  executableFor(subgraph: Subgraph): Executable;
  /** Turns a failed compilation or run into the error that the user sees. */
  errorOf(error: unknown): Error;
}
