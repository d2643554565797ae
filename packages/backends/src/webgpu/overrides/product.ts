import type { KernelOverride } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { sizeOf } from "../compute.ts";

/** From how many summands on the backend may split a product (4.22, BatchMatMul_impl.js). */
const LONG = 2000;

/**
 * Products with a right factor that is stored transposed. Where the backend splits long sums among groups of threads (4.22,
 * matmul_splitK_webgpu.js), it reads four neighbours in a row of that factor for four in a column: here it gets it the other way round.
 */
function product(name: string): KernelOverride {
  return (device, inputs, attrs) => {
    const { b } = inputs as { b: TensorInfo };
    const [columns, summands] = b.shape.slice(-2) as [number, number];
    const isSplit = summands >= LONG && columns % 4 === 0 && sizeOf(b.shape.slice(0, -2)) === 1;
    if (attrs.transposeB !== true || !isSplit) return device.runNative(name, inputs, attrs);
    const dims = b.shape.map((_, dim) => dim);
    const perm = [...dims.slice(0, -2), dims.length - 1, dims.length - 2];
    const [turned] = device.runNative("Transpose", { x: b }, { perm }) as [TensorInfo];
    const out = device.runNative(name, { ...inputs, b: turned }, { ...attrs, transposeB: false });
    device.release(turned);
    return out;
  };
}

export const batchMatMul = product("BatchMatMul");
export const fusedMatMul = product("_FusedMatMul");
