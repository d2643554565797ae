import type { KernelBackend } from "@tensorflow/tfjs-core";
import { castElements } from "../../base/cast.ts";
import { allocate, DTYPE_NAMES, type DType, type TypedArray } from "../../base/dtype.ts";
import { isList } from "../../base/is-list.ts";
import { numel, type Shape } from "../../base/shape.ts";
import type { Handle, HostMemory, Operand, Operands, TensorSpec } from "../../device/device.ts";
import type { AttributesOf, BasicKernel, FusedKernel, InputsOf, KernelName } from "../../device/kernels.ts";
import { TfjsDevice } from "../tfjs/device.ts";
import type { ArrayKernel, Elements } from "./arrays/elements.ts";
import { arrayKernels } from "./arrays/kernels.ts";
import { overrides } from "./overrides.ts";

/** Elements that no backend of TensorFlow.js holds. */
class ArrayHandle {
  readonly elements: TypedArray;

  constructor(elements: TypedArray) {
    this.elements = elements;
  }
}

/** Whether TensorFlow.js has arrays for a dtype, narrow integers as `int32`. */
const isNative: { readonly [D in DType]: boolean } = {
  bool: true,
  uint8: true,
  int8: false,
  int16: false,
  int32: true,
  int64: false,
  float16: false,
  bfloat16: false,
  float32: true,
  float64: false,
};

/**
 * The device that holds every dtype. What TensorFlow.js has, its backend in plain JavaScript computes, with our kernels in the place of those
 * that are slow or wrong; where an operand or a result is of another dtype, kernels over plain arrays do.
 */
export class CpuDevice extends TfjsDevice {
  override readonly dtypes: ReadonlySet<DType> = new Set(DTYPE_NAMES);
  readonly largestInteger = Number.MAX_SAFE_INTEGER;
  override readonly host: HostMemory = { view: (handle) => this.#elements(handle) };
  override downloadSync = (handle: Handle): TypedArray => this.#elements(handle);

  constructor(backend: KernelBackend) {
    super("cpu", backend, "cpu", { overrides, detail: "plain JavaScript, always there", facts: { threads: 1 } });
  }

  override upload(data: TypedArray, shape: Shape, dtype: DType): Handle {
    return isNative[dtype] ? super.upload(data, shape, dtype) : new ArrayHandle(data);
  }

  override async download(handle: Handle): Promise<TypedArray> {
    return this.#elements(handle);
  }

  override has(kernel: FusedKernel, dtype: DType): boolean {
    return isNative[dtype] && super.has(kernel, dtype);
  }

  override run<K extends KernelName>(
    kernel: K,
    inputs: InputsOf<K>,
    attrs: AttributesOf<K>,
    outs: readonly TensorSpec[],
  ): Handle[] {
    const native = takesNative(inputs);
    if (native && outs.every(({ dtype }) => isNative[dtype])) return super.run(kernel, inputs, attrs, outs);
    if (native && GIVES_POSITIONS.has(kernel)) return this.#widened(kernel, inputs, attrs, outs);
    return this.#runOnArrays(kernel as BasicKernel, inputs as InputsOf<BasicKernel>, attrs, outs);
  }

  override free(handle: Handle): void {
    if (!(handle instanceof ArrayHandle)) super.free(handle);
  }

  /** Positions, which fit into `int32`, as the dtypes that are asked for. */
  #widened<K extends KernelName>(
    kernel: K,
    inputs: InputsOf<K>,
    attrs: AttributesOf<K>,
    outs: readonly TensorSpec[],
  ): Handle[] {
    const narrow = outs.map((out) => (isNative[out.dtype] ? out : ({ ...out, dtype: "int32" } as const)));
    return super.run(kernel, inputs, attrs, narrow).map((handle, i) => {
      const { dtype } = outs[i] as TensorSpec;
      if (isNative[dtype]) return handle;
      const wide = new ArrayHandle(castElements(this.#elements(handle), "int32", dtype));
      super.free(handle);
      return wide;
    });
  }

  #runOnArrays<K extends BasicKernel>(
    kernel: K,
    inputs: InputsOf<K>,
    attrs: AttributesOf<K>,
    outs: readonly TensorSpec[],
  ): Handle[] {
    if (outs.every((out) => numel(out.shape) === 0))
      return outs.map((out) => this.upload(allocate(out.dtype, 0), out.shape, out.dtype));
    const elements = (operand: Operand): Elements => ({
      data: this.#elements(operand.handle),
      shape: operand.shape,
      dtype: operand.dtype,
    });
    const operands: Operands = inputs;
    const given = isList(operands)
      ? operands.map(elements)
      : Object.fromEntries(Object.entries(operands).map(([name, operand]) => [name, elements(operand)]));
    const run = arrayKernels[kernel] as ArrayKernel<K>;
    // Halves are computed in single precision, and rounded once.
    const computed = outs.map((out) => (isHalf(out.dtype) ? ({ ...out, dtype: "float32" } as const) : out));
    return run(given as Parameters<typeof run>[0], attrs, computed).map((data, i) => {
      const { dtype, shape } = outs[i] as TensorSpec;
      return this.upload(isHalf(dtype) ? castElements(data, "float32", dtype) : data, shape, dtype);
    });
  }

  #elements(handle: Handle): TypedArray {
    return handle instanceof ArrayHandle ? handle.elements : this.readSync(handle);
  }
}

/** Kernels whose results are positions, or count them. */
const GIVES_POSITIONS: ReadonlySet<KernelName> = new Set<KernelName>([
  "argmax",
  "argmin",
  "maxPool2dWithIndices",
  "oneHot",
  "topk",
]);

const isHalf = (dtype: DType): boolean => dtype === "float16" || dtype === "bfloat16";

function takesNative(inputs: Operands): boolean {
  if (isList(inputs)) return inputs.every(({ dtype }) => isNative[dtype]);
  for (const name in inputs) if (!isNative[(inputs[name] as Operand).dtype]) return false;
  return true;
}
