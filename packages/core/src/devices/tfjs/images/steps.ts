import type { Attributes } from "../../../device/device.ts";
import type { AttributesOf, KernelName } from "../../../device/kernels.ts";
import type { TensorInfo } from "../handle.ts";
import type { Infos, TfjsInputs, TfjsRunner } from "../runner.ts";

/** Kernels that make one result together: what they make on the way is given back at the end. */
export class Steps {
  readonly #device: TfjsRunner;
  readonly #made: TensorInfo[] = [];

  constructor(device: TfjsRunner) {
    this.#device = device;
  }

  /** Runs a kernel whose result has this shape. */
  run<K extends KernelName>(
    kernel: K,
    inputs: Infos<K>,
    attrs: AttributesOf<K>,
    shape: readonly number[],
    dtype?: "bool" | "float32",
  ): TensorInfo {
    const [first] = Object.values<TensorInfo>(inputs as Readonly<Record<string, TensorInfo>>);
    const spec = { shape, dtype: dtype ?? (first?.dtype as "float32" | "int32" | "bool") };
    return this.#noted(this.#device.runKernel(kernel, inputs, attrs, [spec])[0] as TensorInfo);
  }

  /** Runs a kernel that only TensorFlow.js has. */
  native(kernel: string, inputs: TfjsInputs, attrs: Attributes): TensorInfo {
    return this.#noted(this.#device.runTfjs(kernel, inputs, attrs)[0] as TensorInfo);
  }

  /** Runs a kernel of images with the channels last. */
  onImages(kernel: string, inputs: TfjsInputs, attrs: Attributes, shape: readonly number[]): TensorInfo {
    const spec = { shape, dtype: "float32" as const };
    return this.#noted(this.#device.runOnImages(kernel, inputs, attrs, [spec])[0] as TensorInfo);
  }

  transposed(x: TensorInfo, perm: readonly number[]): TensorInfo {
    const shape = perm.map((dim) => x.shape[dim] as number);
    return this.run("permute", { x }, { dims: perm }, shape);
  }

  /** The block of `size` elements that begins at `begin`. */
  sliced(x: TensorInfo, begin: readonly number[], size: readonly number[]): TensorInfo {
    return this.run("slice", { x }, { begin, size }, size);
  }

  /** Zeros in front of each dimension and behind it. */
  padded(x: TensorInfo, padding: readonly (readonly [number, number])[]): TensorInfo {
    const shape = x.shape.map((size, dim) => size + (padding[dim]?.[0] ?? 0) + (padding[dim]?.[1] ?? 0));
    return this.run("pad", { x }, { padding, value: 0 }, shape);
  }

  /** Gives back everything but the result. */
  end(result: TensorInfo): TensorInfo {
    for (const made of this.#made) if (made.dataId !== result.dataId) this.#device.release(made);
    return result;
  }

  #noted(info: TensorInfo): TensorInfo {
    this.#made.push(info);
    return info;
  }
}

/** The same elements under another shape. */
export function viewed(x: TensorInfo, shape: readonly number[]): TensorInfo {
  return { ...x, shape: [...shape] };
}
