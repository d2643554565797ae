import {
  type Attributes,
  DeviceError,
  type DType,
  type Handle,
  type Operands,
  type Shape,
  type TensorSpec,
  TfjsDevice,
  type TypedArray,
} from "@kindling/core";
import type { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import { imageRepairs, repairs } from "./repairs/index.ts";

/** A WebGL backend, with its repairs. A browser may take the context away at any time; what is read then would be zeros. */
export class WebglDevice extends TfjsDevice {
  readonly exact = false;
  /** What it runs on, in words. */
  readonly adapter: string;
  /** Whether a CPU does the work of a GPU here. */
  readonly isSoftware: boolean;
  readonly #gl: MathBackendWebGL["gpgpu"]["gl"];

  constructor(backend: MathBackendWebGL) {
    super("webgl", backend, "webgl", { repairs, imageRepairs });
    this.#gl = backend.gpgpu.gl;
    const names = this.#gl.getExtension("WEBGL_debug_renderer_info");
    this.adapter = String(this.#gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? this.#gl.RENDERER));
    this.isSoftware = /swiftshader|llvmpipe|softpipe|software|basic render/i.test(this.adapter);
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
    // The backend keeps the array and copies it to the GPU at first need; the program may change it before.
    return super.upload(dtype === "uint8" ? data : data.slice(), shape, dtype);
  }

  override run(kernel: string, inputs: Operands, attrs: Attributes, outs: readonly TensorSpec[]): Handle[] {
    this.#check(kernel);
    return super.run(kernel, inputs, attrs, outs);
  }

  override async download(handle: Handle): Promise<TypedArray> {
    this.#check("read");
    try {
      return await super.download(handle);
    } finally {
      this.#check("read");
    }
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
