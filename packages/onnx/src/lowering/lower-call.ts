import { DeviceError } from "@kindling/core";
import type { Attributes, TensorSpec } from "@kindling/core/device";
import type { GraphBuilder, Value } from "../graph-builder.ts";
import type { AnyLowering } from "./lowering.ts";
import { lowerings } from "./table.ts";

/** A kernel that is to be computed on `values`. */
export interface Call {
  readonly kernel: string;
  /** The names of the inputs; null for a list. */
  readonly names: readonly string[] | null;
  readonly values: readonly Value[];
  readonly attrs: Attributes;
  readonly outs: readonly TensorSpec[];
}

/**
 * Builds a kernel's nodes and gives the names of its results.
 *
 * @param more kernels that only the caller knows
 * @throws DeviceError for a kernel that nobody knows
 */
export function lowerCall(
  graph: GraphBuilder,
  { kernel, names, values, attrs, outs }: Call,
  more: ReadonlyMap<string, AnyLowering> = NONE,
): string[] {
  // A recorded call has the inputs and attributes of its kernel, which no type says any more.
  const known: Readonly<Record<string, unknown>> = lowerings;
  const lowering = more.get(kernel) ?? (Object.hasOwn(known, kernel) ? (known[kernel] as AnyLowering) : undefined);
  if (lowering === undefined) {
    throw new DeviceError(
      kernel,
      `ONNX has no lowering of the kernel ${kernel}`,
      "",
      "Use another device for this op.",
    );
  }
  const inputs =
    names === null ? values : Object.fromEntries(names.map((name, i) => [name, values[i] as Value] as const));
  return lowering(graph, inputs, attrs, outs);
}

const NONE: ReadonlyMap<string, AnyLowering> = new Map();
