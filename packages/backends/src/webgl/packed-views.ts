import type { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import { getKernel, type KernelFunc, type NamedAttrMap, type TensorInfo } from "@tensorflow/tfjs-core";

/** A tensor whose texture can be read in its shape, and whether it was made for that and is to be given back. */
export interface Fitted {
  readonly info: TensorInfo;
  readonly made: boolean;
}

let reshape: KernelFunc | undefined;

/**
 * Packed textures hold blocks of two by two neighbours, so that what may be read from them depends on the shape that they were written
 * in. Reading another shape from them gives other elements, without a word (4.22, unpackTensor in backend_webgl.js): TensorFlow.js's own
 * views are copied where that matters, and so are ours here.
 */
export function fitted(backend: MathBackendWebGL, info: TensorInfo): Fitted {
  const { isPacked, shape, texture } = backend.texData.get(info.dataId);
  if (!isPacked || texture === null || isSame(shape, info.shape)) return { info, made: false };
  reshape ??= getKernel("Reshape", "webgl").kernelFunc;
  const inputs = { x: { ...info, shape } };
  const attrs = { shape: info.shape } as unknown as NamedAttrMap;
  return { info: reshape({ inputs, backend, attrs }) as TensorInfo, made: true };
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, dim) => size === b[dim]);
}
