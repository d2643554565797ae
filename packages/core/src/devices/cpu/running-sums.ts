import type { TypedArray } from "../../base/dtype.ts";
import { numel } from "../../base/shape.ts";
import type { KernelOverride } from "../tfjs/device.ts";
import type { TensorInfo } from "../tfjs/handle.ts";

/**
 * `Cumsum` of floats, added up in double precision as PyTorch's is. TensorFlow.js rounds each sum to a float before it adds the next term:
 * a million terms lose three digits. Runs wherever the backend can be read without waiting.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.cumsum.html
 */
export const runningSums: KernelOverride = (device, inputs, attrs) => {
  const { x } = inputs as { readonly x: TensorInfo };
  if (x.dtype !== "float32" || attrs.exclusive === true) return device.runNative("Cumsum", inputs, attrs);
  const data = device.backend.readSync(x.dataId) as TypedArray;
  const axis = attrs.axis as number;
  const n = x.shape[axis] as number;
  const inner = numel(x.shape.slice(axis + 1));
  const [first, step] = attrs.reverse === true ? [(n - 1) * inner, -inner] : [0, inner];
  const out = new Float32Array(data.length);
  for (let start = 0; start < data.length; start += n * inner) {
    for (let i = 0; i < inner; i++) {
      let total = 0;
      for (let k = 0, at = start + i + first; k < n; k++, at += step) {
        total += data[at] as number;
        out[at] = total;
      }
    }
  }
  return [{ dataId: device.backend.write(out, [...x.shape], "float32"), shape: [...x.shape], dtype: "float32" }];
};
