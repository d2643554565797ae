import type { Shape } from "@kindling/core";
import type { FileArray } from "@kindling/core/extend";

/** A tensor as ONNX Runtime takes it. */
export interface RuntimeTensor {
  readonly type: string;
  readonly data: FileArray;
  readonly dims: Shape;
  readonly location: "cpu";
}

export type NamedTensors = Record<string, RuntimeTensor>;

/** A compiled graph. */
export interface RuntimeSession {
  /** Computes `results`, into the memory that they have. */
  run(feeds: NamedTensors, results: NamedTensors): void | Promise<void>;
  dispose(): void;
}

/** ONNX Runtime, as far as the device needs it. */
export interface Runtime {
  /** One line: `ONNX Runtime 1.30.0`. */
  readonly name: string;
  /** Whether graphs are compiled and run before the call returns. */
  readonly isSync: boolean;
  /** How many threads a large graph gets. */
  readonly threads: number;
  compile(model: Uint8Array, threads: number): RuntimeSession | Promise<RuntimeSession>;
}
