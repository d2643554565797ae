import type { KernelOverride } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { TensorInfo } from "@tensorflow/tfjs-core";

/** From how many summands on the backend may split a product (4.22, BatchMatMul_impl.js). */
const LONG = 2000;

/**
 * Products with a right factor that is stored transposed. Where the backend splits long sums among groups of threads (4.22,
 * matmul_splitK_webgpu.js), it reads four neighbours in a row of that factor for four in a column: here it gets it the other way round.
 */
export const matmul: KernelOverride<"matmul"> = (device, inputs, attrs, outs) => {
  const { b } = inputs;
  const [columns, summands] = b.shape.slice(-2) as [number, number];
  const isSplit = summands >= LONG && columns % 4 === 0 && numel(b.shape.slice(0, -2)) === 1;
  if (!attrs.transposeB || !isSplit) return device.runNative("matmul", inputs, attrs, outs);
  const order = b.shape.map((_, dim) => dim);
  const dims = [...order.slice(0, -2), order.length - 1, order.length - 2];
  const spec = { shape: dims.map((dim) => b.shape[dim] as number), dtype: "float32" as const };
  const [turned] = device.runNative("permute", { x: b }, { dims }, [spec]) as [TensorInfo];
  const out = device.runNative("matmul", { ...inputs, b: turned }, { ...attrs, transposeB: false }, outs);
  device.release(turned);
  return out;
};
