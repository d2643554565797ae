import {
  type DataId,
  engine,
  findBackend,
  findBackendFactory,
  getKernel,
  getKernelsForBackend,
  type KernelBackend,
  type KernelFunc,
  type NamedAttrMap,
  type TensorInfo,
} from "@tensorflow/tfjs-core";
import type { Attributes, Device, Handle, Operand, Operands, TensorSpec } from "./device.ts";
import { allocate, castArray, type DType, type TypedArray } from "./dtype.ts";
import { DeviceError, KindlingError } from "./errors.ts";
import { lookUp } from "./pending.ts";
import { numel, type Shape } from "./shape.ts";

/** A tensor as tfjs knows it. */
export type { TensorInfo };

type TfjsDType = "float32" | "int32" | "bool";

/** Memory of a tfjs backend. tfjs knows no bytes: they are `int32` there, and wrap at 256 when they are cast. */
interface TfjsHandle {
  readonly dataId: DataId | null;
  readonly dtype: TfjsDType;
  readonly stored: DType;
  readonly length: number;
}

export type TfjsInputs = Record<string, TensorInfo> | TensorInfo[];

/** A kernel that takes the place of the backend's own: what a backend lacks or gets wrong is repaired so. */
export type KernelRepair = (
  device: TfjsDevice,
  inputs: TfjsInputs,
  attrs: Attributes,
  outs: readonly TensorSpec[],
) => TensorInfo[];

function tfjsType(dtype: DType): TfjsDType {
  return dtype === "uint8" ? "int32" : dtype;
}

/**
 * A TensorFlow.js backend as a device. Kernels are called directly: neither tfjs's engine, nor its tape, nor which backend is
 * active there matters or changes.
 */
export class TfjsDevice implements Device {
  readonly name: string;
  readonly backend: KernelBackend;
  readonly #backendName: string;
  readonly #kernels = new Map<string, KernelFunc>();
  readonly #repairs: ReadonlyMap<string, KernelRepair>;
  declare downloadSync?: (handle: Handle) => TypedArray;

  constructor(
    name: string,
    backend: KernelBackend,
    backendName: string,
    options: { readonly repairs?: ReadonlyMap<string, KernelRepair>; readonly readsSync?: boolean } = {},
  ) {
    this.name = name;
    this.backend = backend;
    this.#backendName = backendName;
    this.#repairs = options.repairs ?? new Map();
    for (const kernel of getKernelsForBackend(backendName)) kernel.setupFunc?.(backend);
    if (options.readsSync !== false) {
      this.downloadSync = (handle) => {
        const { dataId, stored, length } = handle as TfjsHandle;
        return dataId === null ? allocate(stored, length) : fromTfjsArray(backend.readSync(dataId), stored);
      };
    }
  }

  upload(data: TypedArray, shape: Shape, dtype: DType): Handle {
    return this.#write(toTfjsArray(data, dtype), shape, dtype);
  }

  uploadThrough(bytes: Uint8Array, table: Float32Array, shape: Shape): Handle {
    return this.#write(lookUp(bytes, table, new Float32Array(bytes.length)), shape, "float32");
  }

  async download(handle: Handle): Promise<TypedArray> {
    const { dataId, stored, length } = handle as TfjsHandle;
    if (dataId === null) return allocate(stored, length);
    return fromTfjsArray(await this.backend.read(dataId), stored);
  }

  run(kernel: string, inputs: Operands, attrs: Attributes, outs: readonly TensorSpec[]): Handle[] {
    // Nothing to compute, and several kernels of tfjs stumble over it.
    if (outs.every((out) => numel(out.shape) === 0)) return outs.map((out) => this.#empty(out));
    const infos = isList(inputs) ? inputs.map(tensorInfo) : mapValues(inputs, tensorInfo);
    const results = this.runTfjs(kernel, infos, attrs, outs);
    return results.map((info, i) => this.handleOf(info.dataId, outs[i] as TensorSpec));
  }

  /** Runs a kernel by its tfjs name, or its repair: for repairs, which are made of other kernels. */
  runTfjs(kernel: string, inputs: TfjsInputs, attrs: Attributes, outs: readonly TensorSpec[]): TensorInfo[] {
    if (kernel === "Cast" && (outs[0] as TensorSpec).dtype === "uint8") return this.#castToBytes(inputs);
    const repair = this.#repairs.get(kernel);
    return repair === undefined ? this.runNative(kernel, inputs, attrs) : repair(this, inputs, attrs, outs);
  }

  /** Runs the backend's own kernel, past any repair. */
  runNative(kernel: string, inputs: TfjsInputs, attrs: Attributes): TensorInfo[] {
    let run = this.#kernels.get(kernel);
    if (run === undefined) {
      run = getKernel(kernel, this.#backendName)?.kernelFunc;
      if (run === undefined) {
        throw new DeviceError(
          kernel,
          `the ${this.name} device has no kernel ${kernel}`,
          "",
          "Use another device for this op.",
        );
      }
      this.#kernels.set(kernel, run);
    }
    // `inputs` and `attrs` are what tfjs's own ops hand over; its types are narrower than what kernels take.
    const result = run({
      inputs: inputs as Record<string, TensorInfo>,
      backend: this.backend,
      attrs: attrs as unknown as NamedAttrMap,
    });
    return Array.isArray(result) ? result : [result];
  }

  free(handle: Handle): void {
    const { dataId } = handle as TfjsHandle;
    if (dataId !== null) this.backend.disposeData(dataId);
  }

  /** A scalar for a repair, to be released. */
  scalar(value: number, dtype: "float32" | "int32"): TensorInfo {
    const data = dtype === "float32" ? new Float32Array([value]) : new Int32Array([value]);
    return { dataId: this.backend.write(data, [], dtype), shape: [], dtype };
  }

  /** Gives back an intermediate result of a repair. */
  release(info: TensorInfo): void {
    this.backend.disposeData(info.dataId);
  }

  /** A kernel's result, or data just written, as this device hands memory out. */
  handleOf(dataId: DataId, { shape, dtype }: TensorSpec): Handle {
    const handle: TfjsHandle = { dataId, dtype: tfjsType(dtype), stored: dtype, length: numel(shape) };
    return handle;
  }

  #write(data: TypedArray, shape: Shape, dtype: DType): Handle {
    if (data.length === 0) return this.#empty({ shape, dtype });
    return this.handleOf(this.backend.write(data, [...shape], tfjsType(dtype)), { shape, dtype });
  }

  #empty({ shape, dtype }: TensorSpec): TfjsHandle {
    return { dataId: null, dtype: tfjsType(dtype), stored: dtype, length: numel(shape) };
  }

  /** Bytes wrap at 256, as PyTorch's do. */
  #castToBytes(inputs: TfjsInputs): TensorInfo[] {
    const { x } = inputs as Record<string, TensorInfo>;
    const whole = this.runNative("Cast", { x: x as TensorInfo }, { dtype: "int32" })[0] as TensorInfo;
    const modulus = this.scalar(256, "int32");
    const [out] = this.runNative("Mod", { a: whole, b: modulus }, {});
    this.release(whole);
    this.release(modulus);
    return [out as TensorInfo];
  }
}

function isList(inputs: Operands): inputs is readonly Operand[] {
  return Array.isArray(inputs);
}

function mapValues<V, R>(record: Readonly<Record<string, V>>, map: (value: V) => R): Record<string, R> {
  const out: Record<string, R> = {};
  for (const key in record) out[key] = map(record[key] as V);
  return out;
}

function tensorInfo({ handle, shape, dtype }: Operand): TensorInfo {
  const { dataId, dtype: type } = handle as TfjsHandle;
  if (dataId === null) {
    throw new KindlingError(
      "run",
      `a kernel got a tensor without elements`,
      `shape [${shape}], ${dtype}`,
      "This is a defect of the op.",
    );
  }
  return { dataId, shape: shape as number[], dtype: type };
}

function toTfjsArray(data: TypedArray, dtype: DType): TypedArray {
  return dtype === "uint8" ? Int32Array.from(data) : data;
}

/** Values as our dtype keeps them; tfjs types what backends return loosely. */
function fromTfjsArray(values: unknown, dtype: DType): TypedArray {
  const data = values as TypedArray;
  if (dtype === "float32") return data instanceof Float32Array ? data : castArray(data, dtype);
  if (dtype === "int32") return data instanceof Int32Array ? data : castArray(data, dtype);
  return data instanceof Uint8Array ? data : castArray(data, dtype);
}

const adopted = new Map<string, TfjsDevice>();

/**
 * A backend that the program has registered with TensorFlow.js itself, as a device.
 *
 * @throws DeviceError when no backend of that name is registered or its start fails.
 */
export async function deviceFromTfjs(name: string): Promise<Device> {
  const known = adopted.get(name);
  if (known !== undefined) return known;
  const device = new TfjsDevice(name, await startBackend(name), name, { readsSync: name !== "webgpu" });
  adopted.set(name, device);
  return device;
}

/** Starts a registered backend without making it the active one: other backends' ops go on meanwhile. */
async function startBackend(name: string): Promise<KernelBackend> {
  const running = (engine().registry as Record<string, KernelBackend | undefined>)[name];
  if (running !== undefined) return running;
  const factory = findBackendFactory(name);
  if (factory === undefined || factory === null) {
    throw new DeviceError(
      "deviceFromTfjs",
      `no tfjs backend '${name}' is registered`,
      `registered: ${engine().backendNames().join(", ") || "none"}`,
      `Import it first, e.g. import "@tensorflow/tfjs-backend-${name}".`,
    );
  }
  const backend = await factory();
  engine().registry[name] = backend;
  return findBackend(name) ?? backend;
}
