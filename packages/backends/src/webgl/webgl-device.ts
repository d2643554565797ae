import { DeviceError, type DeviceFacts, type DType, type Shape, type TypedArray } from "@kindling/core";
import type { AttributesOf, InputsOf, KernelName } from "@kindling/core/device";
import { type Attributes, type Handle, type TensorSpec, TfjsDevice, type TfjsInputs } from "@kindling/core/device";
import type { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { gpuFacts } from "../gpu-facts.ts";
import { imageOverrides, overrides } from "./overrides/index.ts";
import { type Fitted, fitted } from "./packed-views.ts";

/** A WebGL backend, with its overrides. A browser may take the context away at any time; what is read then would be zeros. */
export class WebglDevice extends TfjsDevice {
  readonly exact = false;
  /** Textures hold floats, and whole numbers as such. */
  readonly largestInteger = 2 ** 24;
  /** What it runs on, in words. */
  readonly adapter: string;
  /** Whether a CPU does the work of a GPU here. */
  readonly isSlow: boolean;
  override readonly detail: string;
  override readonly facts: DeviceFacts;
  /** What a tensor cannot exceed: two-dimensional textures hold it, four elements a texel. */
  readonly limits: Readonly<Record<string, number>>;
  readonly #gl: MathBackendWebGL["gpgpu"]["gl"];

  constructor(backend: MathBackendWebGL) {
    super("webgl", backend, "webgl", { overrides, imageOverrides });
    this.#gl = backend.gpgpu.gl;
    const names = this.#gl.getExtension("WEBGL_debug_renderer_info");
    this.adapter = String(this.#gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? this.#gl.RENDERER));
    this.isSlow = /swiftshader|llvmpipe|softpipe|software|basic render/i.test(this.adapter);
    this.limits = { MAX_TEXTURE_SIZE: this.#gl.getParameter(this.#gl.MAX_TEXTURE_SIZE) as number };
    ({ detail: this.detail, facts: this.facts } = gpuFacts("WebGL", this));
    const readSync = this.downloadSync;
    if (readSync !== undefined) {
      this.downloadSync = (handle) => {
        this.#check("read");
        const data = readSync(handle);
        this.#check("read");
        return data;
      };
    }
  }

  /** Whether the browser has taken the context away. */
  get isLost(): boolean {
    return this.#gl.isContextLost();
  }

  override upload(data: TypedArray, shape: Shape, dtype: DType): Handle {
    this.#check("upload");
    if (dtype === "int32" || dtype === "int64") this.#checkIntegers(data);
    // The backend keeps the array and copies it to the GPU at first need; the program may change it before.
    return super.upload(dtype === "uint8" ? data : data.slice(), shape, dtype);
  }

  override run<K extends KernelName>(
    kernel: K,
    inputs: InputsOf<K>,
    attrs: AttributesOf<K>,
    outs: readonly TensorSpec[],
  ): Handle[] {
    this.#check(kernel);
    return super.run(kernel, inputs, attrs, outs);
  }

  override runTfjs(kernel: string, inputs: TfjsInputs, attrs: Attributes): TensorInfo[] {
    const made: TensorInfo[] = [];
    const fit = (each: TensorInfo): TensorInfo => {
      const { info, made: isMade }: Fitted = fitted(this.backend as MathBackendWebGL, each);
      if (isMade) made.push(info);
      return info;
    };
    const infos = Array.isArray(inputs)
      ? inputs.map(fit)
      : Object.fromEntries(Object.entries(inputs).map(([name, info]) => [name, fit(info)]));
    const out = super.runTfjs(kernel, infos, attrs);
    for (const info of made) this.release(info);
    return out;
  }

  override async download(handle: Handle): Promise<TypedArray> {
    this.#check("read");
    try {
      return await super.download(handle);
    } finally {
      this.#check("read");
    }
  }

  #checkIntegers(data: TypedArray): void {
    const wrong = data.find((value) => Math.abs(value) > this.largestInteger);
    if (wrong === undefined) return;
    throw new DeviceError(
      "upload",
      `the webgl device holds whole numbers as floats, exactly up to ${this.largestInteger} only`,
      `got ${wrong}`,
      "Use the device webgpu, wasm or cpu for them.",
    );
  }

  #check(op: string): void {
    if (!this.#gl.isContextLost()) return;
    throw new DeviceError(
      op,
      "the webgl device was lost: the browser has taken its context away",
      "",
      'What is on it is gone. Start anew with await device("webgl"), from a checkpoint or a copy (await t.cpu()) made before.',
    );
  }
}
