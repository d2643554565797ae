import {
  type DataId,
  getKernel,
  getKernelsForBackend,
  type KernelBackend,
  type KernelFunc,
  type NamedAttrMap,
} from "@tensorflow/tfjs-core";
import { allocate, type DType, type TypedArray } from "../../base/dtype.ts";
import { DeviceError } from "../../base/errors.ts";
import { isList } from "../../base/is-list.ts";
import { numel, type Shape } from "../../base/shape.ts";
import type { Bytes } from "../../device/bytes.ts";
import type {
  Attributes,
  Device,
  DeviceFacts,
  Handle,
  HostMemory,
  Operand,
  Operands,
  TensorSpec,
} from "../../device/device.ts";
import { NARROW_DTYPES } from "../../device/dtypes.ts";
import {
  type AttributesOf,
  type FusedKernel,
  type InputsOf,
  isKernelName,
  type KernelName,
} from "../../device/kernels.ts";
import { NamedDevice } from "../../device/named-device.ts";
import { lookUp } from "../../storage/pending.ts";
import { coalesceDims, haveFewDims, type KernelCall } from "./coalesce-dims.ts";
import { fromTfjsArray, toTfjsArray } from "./elements.ts";
import { isImageOnly, type TensorInfo, TfjsHandle, tfjsType } from "./handle.ts";
import { imageKernelOf } from "./images/image-kernels.ts";
import { keepingLayout } from "./images/keeping-layout.ts";
import { readRows, rowsOf } from "./images/layout.ts";
import type { ImageOverride, KernelOverride, KernelOverrides } from "./overrides.ts";
import type { Infos, TfjsInputs, TfjsRunner } from "./runner.ts";
import { spelled } from "./spelling.ts";
import { splitDims } from "./split-dims.ts";
import { writeValues } from "./values.ts";

export interface TfjsDeviceOptions {
  /** Kernels in the place of the backend's. Those of images take and give `[N, C, H, W]`, row-major, as `Device.run` does. */
  readonly overrides?: KernelOverrides;
  /** The same for kernels of images with the channels last, called with what tfjs's own kernel of that name would get. */
  readonly imageOverrides?: ReadonlyMap<string, ImageOverride>;
  /** Default: true. */
  readonly readsSync?: boolean;
  readonly detail?: string;
  readonly facts?: DeviceFacts;
}

/**
 * A TensorFlow.js backend as a device. Kernels are called directly: neither tfjs's engine, nor its tape, nor which backend is
 * active there matters or changes.
 */
export class TfjsDevice extends NamedDevice implements Device, TfjsRunner {
  readonly name: string;
  readonly backend: KernelBackend;
  readonly #backendName: string;
  readonly #kernels = new Map<string, KernelFunc>();
  /** By kernel. A map, as most kernels have none, and an object is slow to say so. */
  readonly #overrides: ReadonlyMap<string, unknown>;
  readonly #imageOverrides: ReadonlyMap<string, ImageOverride>;
  readonly dtypes: ReadonlySet<DType> = NARROW_DTYPES;
  declare readonly host?: HostMemory;
  declare readonly detail?: string;
  declare readonly facts?: DeviceFacts;
  declare downloadSync?: (handle: Handle) => TypedArray;

  constructor(name: string, backend: KernelBackend, backendName: string, options: TfjsDeviceOptions = {}) {
    super();
    this.name = name;
    this.backend = backend;
    this.#backendName = backendName;
    this.#overrides = new Map(Object.entries(options.overrides ?? {}));
    this.#imageOverrides = options.imageOverrides ?? new Map();
    for (const kernel of getKernelsForBackend(backendName)) kernel.setupFunc?.(backend);
    if (options.detail !== undefined) this.detail = options.detail;
    if (options.facts !== undefined) this.facts = options.facts;
    if (options.readsSync !== false) {
      this.downloadSync = (handle) => this.readSync(handle);
    }
  }

  /** The elements of memory of the backend's own. */
  protected readSync(handle: Handle): TypedArray {
    const { stored, length } = handle as TfjsHandle;
    const rows = readRows(this, handle as TfjsHandle);
    return rows === null ? allocate(stored, length) : fromTfjsArray(this.backend.readSync(rows), stored);
  }

  upload(data: TypedArray, shape: Shape, dtype: DType): Handle {
    return this.#write(toTfjsArray(data, dtype, this.name), shape, dtype);
  }

  uploadThrough(bytes: Bytes, table: Float32Array, shape: Shape): Handle {
    return this.#write(lookUp(bytes.together(), table, new Float32Array(bytes.length)), shape, "float32");
  }

  async download(handle: Handle): Promise<TypedArray> {
    const { stored, length } = handle as TfjsHandle;
    const rows = readRows(this, handle as TfjsHandle);
    if (rows === null) return allocate(stored, length);
    return fromTfjsArray(await this.backend.read(rows), stored);
  }

  has(kernel: FusedKernel, _dtype: DType): boolean {
    return this.#overrides.has(kernel);
  }

  run<K extends KernelName>(
    kernel: K,
    inputs: InputsOf<K>,
    attrs: AttributesOf<K>,
    outs: readonly TensorSpec[],
  ): Handle[] {
    // JavaScript programs name kernels too: "constructor" is none. From here on every table has a row for it.
    if (!isKernelName(kernel)) {
      throw new DeviceError(
        String(kernel),
        "there is no such kernel",
        "",
        "Compose the op of others: `Kernels` lists them.",
      );
    }
    // Nothing to compute, and several kernels of tfjs stumble over it.
    if (outs.every((out) => numel(out.shape) === 0)) return outs.map((out) => new TfjsHandle(null, out));
    if (!this.#overrides.has(kernel)) {
      const onImages = imageKernelOf(kernel);
      if (onImages !== undefined) return onImages(this, inputs, attrs, outs);
    }
    if (someImageOnly(inputs)) {
      const kept = keepingLayout(this, kernel, inputs, attrs, outs);
      if (kept !== null) return [kept];
    }
    const infos = this.#rowsOf(inputs);
    const results = haveFewDims(infos, outs)
      ? this.runKernel(kernel, infos, attrs, outs)
      : this.#runWithFewerDims(kernel, { inputs: infos, attrs, outs });
    return results.map((info, i) => this.handleOf(info.dataId, outs[i] as TensorSpec));
  }

  runKernel<K extends KernelName>(
    kernel: K,
    inputs: Infos<K>,
    attrs: AttributesOf<K>,
    outs: readonly TensorSpec[],
  ): TensorInfo[] {
    // The map has the rows of a `KernelOverrides`.
    const override = this.#overrides.get(kernel) as KernelOverride<K> | undefined;
    if (override === undefined && kernel === "cast" && (outs[0] as TensorSpec).dtype === "uint8")
      return this.#castToBytes(inputs as Infos<"cast">);
    return override === undefined ? this.runNative(kernel, inputs, attrs, outs) : override(this, inputs, attrs, outs);
  }

  #runWithFewerDims<K extends KernelName>(kernel: K, call: KernelCall<K>): TensorInfo[] {
    const fewer = coalesceDims(kernel, call);
    return splitDims(this, kernel, fewer) ?? this.runKernel(kernel, fewer.inputs, fewer.attrs, fewer.outs);
  }

  runNative<K extends KernelName>(
    kernel: K,
    inputs: Infos<K>,
    attrs: AttributesOf<K>,
    outs: readonly TensorSpec[],
  ): TensorInfo[] {
    const call = spelled(kernel, inputs, attrs, outs);
    return this.runTfjs(call.kernel, call.inputs, call.attrs);
  }

  runOnImages(kernel: string, inputs: TfjsInputs, attrs: Attributes, outs: readonly TensorSpec[]): TensorInfo[] {
    const override = this.#imageOverrides.get(kernel);
    return override === undefined ? this.runTfjs(kernel, inputs, attrs) : override(this, inputs, attrs, outs);
  }

  overridesOnImages(kernel: string): boolean {
    return this.#imageOverrides.has(kernel);
  }

  runTfjs(kernel: string, inputs: TfjsInputs, attrs: Attributes): TensorInfo[] {
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
    // `inputs` and `attrs` are what tfjs's own ops hand over; its types are narrower than what kernels take: `KernelFunc` knows no list of
    // inputs, and `NamedAttrMap` no lists of lists (paddings) and nothing that is read-only.
    const result = run({
      inputs: inputs as Record<string, TensorInfo>,
      backend: this.backend,
      // Readonly there and not here; no kernel writes to its attributes.
      attrs: attrs as unknown as NamedAttrMap,
    });
    return Array.isArray(result) ? result : [result];
  }

  free(handle: Handle): void {
    for (const piece of (handle as TfjsHandle).pieces()) this.backend.disposeData(piece);
  }

  scalar(value: number, dtype: "float32" | "int32"): TensorInfo {
    const data = dtype === "float32" ? new Float32Array([value]) : new Int32Array([value]);
    return { dataId: this.backend.write(data, [], dtype), shape: [], dtype };
  }

  release(info: TensorInfo): void {
    this.backend.disposeData(info.dataId);
  }

  handleOf(dataId: DataId, spec: TensorSpec): TfjsHandle {
    return new TfjsHandle(dataId, spec);
  }

  #write(data: TypedArray, shape: Shape, dtype: DType): Handle {
    if (data.length === 0) return new TfjsHandle(null, { shape, dtype });
    return this.handleOf(writeValues(this.backend, data, shape, tfjsType(dtype)), { shape, dtype });
  }

  #rowsOf<K extends KernelName>(inputs: InputsOf<K>): Infos<K> {
    const operands: Operands = inputs;
    const infos = isList(operands)
      ? operands.map((operand) => rowsOf(this, operand))
      : mapValues(operands, (operand) => rowsOf(this, operand));
    return infos as Infos<K>;
  }

  /** Bytes wrap at 256, as PyTorch's do. */
  #castToBytes({ x }: Infos<"cast">): TensorInfo[] {
    const spec = { shape: x.shape, dtype: "int32" as const };
    const whole = this.runKernel("cast", { x }, {}, [spec])[0] as TensorInfo;
    const modulus = this.scalar(256, "int32");
    const [out] = this.runKernel("remainder", { a: whole, b: modulus }, {}, [spec]);
    this.release(whole);
    this.release(modulus);
    return [out as TensorInfo];
  }
}

/** Whether an operand is there as an image only. */
function someImageOnly(inputs: Operands): boolean {
  if (isList(inputs)) return inputs.some(({ handle }) => isImageOnly(handle));
  for (const name in inputs) if (isImageOnly((inputs[name] as Operand).handle)) return true;
  return false;
}

function mapValues<V, R>(record: Readonly<Record<string, V>>, map: (value: V) => R): Record<string, R> {
  const out: Record<string, R> = {};
  for (const key in record) out[key] = map(record[key] as V);
  return out;
}
