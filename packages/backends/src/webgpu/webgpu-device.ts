import { DeviceError, type DeviceFacts, type DType, type Shape, type TypedArray } from "@kindling/core";
import type { AttributesOf, InputsOf, KernelName } from "@kindling/core/device";
import {
  type Bytes,
  type Handle,
  type Operand,
  type TensorSpec,
  TfjsDevice,
  type TfjsHandle,
} from "@kindling/core/device";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { DataId } from "@tensorflow/tfjs-core";
import { gpuFacts } from "../gpu-facts.ts";
import { imageOverrides, overrides } from "./overrides/index.ts";

/** The kinds of errors that a GPU reports after the call that made them. */
const FILTERS: readonly GPUErrorFilter[] = ["validation", "out-of-memory", "internal"];

/**
 * A WebGPU backend, with its overrides. A GPU works behind the program's back: a shader that does not compile, memory that is used up
 * or a device that is gone come out as zeros. Here they are errors, at the latest when something is read.
 */
export class WebgpuDevice extends TfjsDevice {
  readonly exact = false;
  /** What it runs on, in words. */
  readonly adapter: string;
  /** Whether a CPU does the work of a GPU here. */
  readonly isSlow: boolean;
  override readonly detail: string;
  override readonly facts: DeviceFacts;
  /** What a tensor and a kernel cannot exceed. */
  readonly limits: Readonly<Record<string, number>>;
  readonly #gpu: GPUDevice;
  /** Why nothing here works any more. */
  #lost: string | null = null;
  /** How many handles have been made, and how many of them before the last look at the errors. */
  #made = 0;
  #looked = 0;
  readonly #failures: Failure[] = [];

  constructor(backend: WebGPUBackend, info: GPUAdapterInfo) {
    super("webgpu", backend, "webgpu", { overrides, imageOverrides, readsSync: false });
    this.#gpu = backend.device;
    const words = [info.vendor, info.architecture, info.description || info.device].filter((word) => word);
    this.adapter = words.join(" ");
    this.isSlow =
      ("isFallbackAdapter" in info && info.isFallbackAdapter === true) ||
      /swiftshader|llvmpipe|lavapipe/i.test(this.adapter);
    const { maxBufferSize, maxStorageBufferBindingSize } = this.#gpu.limits;
    this.limits = { maxBufferSize, maxStorageBufferBindingSize };
    ({ detail: this.detail, facts: this.facts } = gpuFacts("WebGPU", this));
    void this.#gpu.lost.then(({ message, reason }) => {
      this.#lost = `was lost: ${(message || reason).replace(/[.\s]+$/, "")}`;
    });
    this.#watch();
  }

  /** Whether the GPU is gone. */
  get isLost(): boolean {
    return this.#lost !== null;
  }

  override upload(data: TypedArray, shape: Shape, dtype: DType): Handle {
    this.#check("upload");
    // The backend keeps the array and copies it to the GPU at first need; the program may change it before.
    return super.upload(dtype === "uint8" ? data : data.slice(), shape, dtype);
  }

  override uploadThrough(bytes: Bytes, table: Float32Array, shape: Shape): Handle {
    this.#check("upload");
    return super.uploadThrough(bytes, table, shape);
  }

  override run<K extends KernelName>(
    kernel: K,
    inputs: InputsOf<K>,
    attrs: AttributesOf<K>,
    outs: readonly TensorSpec[],
  ): Handle[] {
    this.#check(kernel, ...Object.values(inputs as Record<string, Operand>).map(({ handle }) => handle));
    return super.run(kernel, inputs, attrs, outs);
  }

  override handleOf(dataId: DataId, spec: TensorSpec): TfjsHandle {
    const handle = super.handleOf(dataId, spec);
    handle.born = ++this.#made;
    return handle;
  }

  override async download(handle: Handle): Promise<TypedArray> {
    this.#check("read", handle);
    try {
      // Together, so that both cost one trip to the GPU; errors are asked for after the read has been put in.
      const reading = super.download(handle);
      const [data, failure] = await Promise.all([reading, this.#look()]);
      if (failure !== null) throw failed("read", failure);
      this.#check("read", handle);
      return data;
    } catch (error) {
      // Of a device that is going away, reads fail before it says so: in their own words, or as one of its errors.
      if (!this.isLost) await Promise.race([this.#gpu.lost, new Promise((resolve) => setTimeout(resolve, LOSS))]);
      this.#check("read", handle);
      throw error;
    }
  }

  /** Throws where the GPU is gone, or one of these was made when something failed. */
  #check(op: string, ...handles: readonly Handle[]): void {
    if (this.#lost !== null) {
      throw new DeviceError(
        op,
        `the webgpu device ${this.#lost}`,
        "",
        'What is on it is gone. Start anew with await device("webgpu"), from a checkpoint or a copy (await t.cpu()) made before.',
      );
    }
    for (const failure of this.#failures) {
      const hit = handles.some((handle) => {
        const { born } = handle as TfjsHandle;
        return born > failure.after && born <= failure.until;
      });
      if (hit) throw failed(op, failure);
    }
  }

  #watch(): void {
    for (const filter of FILTERS) this.#gpu.pushErrorScope(filter);
  }

  /** What has failed since the last look; what was made meanwhile may be all zeros. */
  async #look(): Promise<Failure | null> {
    const [after, until] = [this.#looked, this.#made];
    this.#looked = until;
    const asked = FILTERS.map(() => this.#gpu.popErrorScope());
    this.#watch();
    const errors = await Promise.all(asked.map((error) => error.catch(() => null)));
    const error = errors.find((each) => each !== null);
    if (error === undefined || error === null) return null;
    const failure = { after, until, message: error.message };
    this.#failures.push(failure);
    return failure;
  }
}

/** Milliseconds that a GPU that goes away may take to say so, on a busy machine. */
const LOSS = 1000;

/** An error of the GPU, and which handles were made since the one before. */
interface Failure {
  readonly after: number;
  readonly until: number;
  readonly message: string;
}

function failed(op: string, { message }: Failure): DeviceError {
  return new DeviceError(
    op,
    "the webgpu device failed since it was last read",
    message,
    "What was computed since then is not to be trusted, and can't be read. Where memory ran out, free some or take smaller batches.",
  );
}
