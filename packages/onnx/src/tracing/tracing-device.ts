import { type Device, DeviceError, type DType, type Shape, type TypedArray } from "@kindling/core";
import {
  type Attributes,
  type AttributesOf,
  type FusedKernel,
  type Handle,
  type InputsOf,
  isList,
  type KernelName,
  NamedDevice,
  type Operand,
  type Operands,
  type TensorSpec,
} from "@kindling/core/device";
import { lowerings } from "../lowering/table.ts";

/** A handle of the tracing device: elements that were given to it, or the result of a call. */
export interface Traced extends TensorSpec {
  readonly data: TypedArray | null;
  /** Known names: of inputs and parameters. */
  name: string | null;
}

/** A kernel call as it was made. */
export interface TracedCall {
  readonly kernel: string;
  readonly names: readonly string[] | null;
  readonly inputs: readonly Operand[];
  readonly attrs: Attributes;
  readonly outs: readonly Traced[];
}

/** A device that computes nothing and remembers what it was asked for. */
export class TracingDevice extends NamedDevice implements Device {
  readonly name = "tracing";
  /** What forward finds elsewhere, in a closure or a field, is a constant of the graph. */
  readonly takesOthers = true;
  readonly calls: TracedCall[] = [];

  upload(data: TypedArray, shape: Shape, dtype: DType): Handle {
    return { shape, dtype, data: data.slice(), name: null } satisfies Traced;
  }

  download(): Promise<TypedArray> {
    return Promise.reject(
      new DeviceError(
        "exportOnnx",
        "forward reads elements of a tensor",
        "a graph cannot depend on numbers that are read",
        "Do not call item(), data() or toList() in forward.",
      ),
    );
  }

  has(kernel: FusedKernel): boolean {
    return lowerings[kernel] !== undefined;
  }

  run<K extends KernelName>(
    kernel: K,
    inputs: InputsOf<K>,
    attrs: AttributesOf<K>,
    outs: readonly TensorSpec[],
  ): Handle[] {
    const results = outs.map(({ shape, dtype }): Traced => ({ shape, dtype, data: null, name: null }));
    const operands: Operands = inputs;
    this.calls.push({
      kernel,
      names: isList(operands) ? null : Object.keys(operands),
      inputs: isList(operands) ? operands : Object.values(operands),
      attrs,
      outs: results,
    });
    return results;
  }

  free(): void {}
}
