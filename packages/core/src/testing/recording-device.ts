import type { DType, TypedArray } from "../base/dtype.ts";
import type { Shape } from "../base/shape.ts";
import type { Bytes } from "../device/bytes.ts";
import type { Device, Handle, TensorSpec } from "../device/device.ts";
import { NARROW_DTYPES } from "../device/dtypes.ts";
import type { AttributesOf, FusedKernel, InputsOf, KernelName } from "../device/kernels.ts";
import { NamedDevice } from "../device/named-device.ts";

/** A device that does what another one does, under a name of its own, and notes it. */
export class RecordingDevice extends NamedDevice implements Device {
  readonly name: string;
  readonly exact: boolean;
  /** The kernels that were run, in order. */
  readonly kernels: KernelName[] = [];
  uploads = 0;
  reads = 0;
  /** Pieces of memory that were handed out and not given back. */
  readonly live = new Set<Handle>();
  readonly #inner: Device;
  readonly dtypes: ReadonlySet<DType>;
  readonly largestInteger: number;
  declare uploadThrough?: (bytes: Bytes, table: Float32Array, shape: Shape) => Handle;
  declare downloadSync?: (handle: Handle) => TypedArray;

  constructor(inner: Device, name: string) {
    super();
    this.#inner = inner;
    this.name = name;
    this.exact = inner.exact !== false;
    this.dtypes = inner.dtypes ?? NARROW_DTYPES;
    this.largestInteger = inner.largestInteger ?? 2 ** 31 - 1;
    if (inner.uploadThrough !== undefined) {
      this.uploadThrough = (bytes, table, shape) =>
        this.#handedOut(inner.uploadThrough?.(bytes, table, shape) as Handle);
    }
    if (inner.downloadSync !== undefined) {
      this.downloadSync = (handle) => {
        this.reads += 1;
        return inner.downloadSync?.(handle) as TypedArray;
      };
    }
  }

  upload(data: TypedArray, shape: Shape, dtype: DType): Handle {
    return this.#handedOut(this.#inner.upload(data, shape, dtype));
  }

  download(handle: Handle): Promise<TypedArray> {
    this.reads += 1;
    return this.#inner.download(handle);
  }

  has(kernel: FusedKernel, dtype: DType): boolean {
    return this.#inner.has?.(kernel, dtype) ?? false;
  }

  run<K extends KernelName>(
    kernel: K,
    inputs: InputsOf<K>,
    attrs: AttributesOf<K>,
    outs: readonly TensorSpec[],
  ): Handle[] {
    this.kernels.push(kernel);
    const handles = this.#inner.run(kernel, inputs, attrs, outs);
    for (const handle of handles) this.live.add(handle);
    return handles;
  }

  free(handle: Handle): void {
    this.live.delete(handle);
    this.#inner.free(handle);
  }

  mark(): void {
    this.#inner.mark?.();
  }

  keep(handle: Handle, instead?: Handle): void {
    this.#inner.keep?.(handle, instead);
  }

  #handedOut(handle: Handle): Handle {
    this.uploads += 1;
    this.live.add(handle);
    return handle;
  }
}
