import { DeviceError } from "@kindling/core";
import { type DataId, KernelBackend, type TensorInfo } from "@tensorflow/tfjs-core";
import type { Binding, OpAttribute } from "./binding.ts";
import { Constants } from "./constants.ts";
import { Memory } from "./memory.ts";

type TfjsDType = "float32" | "int32" | "bool";
type Values = Float32Array | Int32Array | Uint8Array;

/**
 * TensorFlow's eager ops, as kernels use them. It stands where `@tensorflow/tfjs-node` has its backend, but calls the native addon
 * itself: nothing of tfjs is told of a tensor, so that no backend becomes the active one and no engine counts along.
 */
export class TensorflowBackend extends KernelBackend {
  readonly binding: Binding;
  readonly constants: Constants;
  readonly usesGpu: boolean;
  readonly #types: Readonly<Record<TfjsDType, number>>;
  /** What the kernel that runs has made. */
  #made: TensorInfo[] = [];

  constructor(binding: Binding) {
    super();
    this.binding = binding;
    this.constants = new Constants(binding);
    this.usesGpu = binding.isUsingGpuDevice();
    this.#types = { float32: binding.TF_FLOAT, int32: binding.TF_INT32, bool: binding.TF_BOOL };
  }

  /** Runs a kernel and frees what it made on the way, also when it fails. */
  scoped(kernel: () => TensorInfo[]): TensorInfo[] {
    const outer = this.#made;
    this.#made = [];
    let results: TensorInfo[] = [];
    try {
      results = kernel();
    } finally {
      for (const info of this.#made) if (!results.includes(info)) this.disposeData(info.dataId);
      this.#made = outer;
      this.constants.trim();
    }
    return results;
  }

  /** The results of a TensorFlow op. Inputs are tensors, or constants by their number. */
  ops(
    name: string,
    inputs: readonly (TensorInfo | number)[],
    attributes: readonly OpAttribute[] = [],
    count = 1,
  ): TensorInfo[] {
    const ids = inputs.map((input) => (typeof input === "number" ? input : this.idOf(input)));
    try {
      return this.binding.executeOp(name, attributes, ids, count).map(({ id, shape, dtype }) => {
        const info = { dataId: new Memory(this.binding, id, shape), shape: [...shape], dtype: this.#dtypeOf(dtype) };
        this.#made.push(info);
        return info;
      });
    } catch (error) {
      throw refusal(name, error);
    }
  }

  /** The one result of a TensorFlow op. */
  op(name: string, inputs: readonly (TensorInfo | number)[], attributes: readonly OpAttribute[] = []): TensorInfo {
    return this.ops(name, inputs, attributes)[0] as TensorInfo;
  }

  /** Attributes of ops. */
  bool(name: string, value: boolean): OpAttribute {
    return { name, type: this.binding.TF_ATTR_BOOL, value };
  }

  int(name: string, value: number | readonly number[]): OpAttribute {
    return { name, type: this.binding.TF_ATTR_INT, value };
  }

  real(name: string, value: number): OpAttribute {
    return { name, type: this.binding.TF_ATTR_FLOAT, value };
  }

  text(name: string, value: string): OpAttribute {
    return { name, type: this.binding.TF_ATTR_STRING, value };
  }

  type(name: string, dtype: string): OpAttribute {
    return { name, type: this.binding.TF_ATTR_TYPE, value: this.#types[dtype as TfjsDType] };
  }

  /** TensorFlow's number for the elements of `info` in its shape, or in another of as many elements. */
  idOf(info: TensorInfo, shape: readonly number[] = info.shape): number {
    return (info.dataId as Memory).as(shape, (sizes) => this.constants.ints(sizes));
  }

  override write(values: Values, shape: number[], dtype: TfjsDType): DataId {
    return new Memory(this.binding, this.binding.createTensor(shape, this.#types[dtype], values), shape);
  }

  override readSync(dataId: DataId): Values {
    return this.binding.tensorDataSync((dataId as Memory).id);
  }

  override async read(dataId: DataId): Promise<Values> {
    return this.readSync(dataId);
  }

  override disposeData(dataId: DataId): boolean {
    (dataId as Memory).free();
    return true;
  }

  override numDataIds(): number {
    return this.binding.getNumOfTensors();
  }

  #dtypeOf(code: number): TfjsDType {
    if (code === this.#types.float32) return "float32";
    return code === this.#types.int32 ? "int32" : "bool";
  }
}

/** TensorFlow's refusal, without the wrapping that the binding puts round it. */
function refusal(op: string, error: unknown): DeviceError {
  const said = error instanceof Error ? error.message : String(error);
  const refused = new DeviceError(
    op,
    "TensorFlow cannot compute this",
    said.replace(/^Invalid TF_Status: \d+\s*Message: /, ""),
  );
  refused.cause = error;
  return refused;
}
