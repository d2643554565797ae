import type { TypedArray } from "../../base/dtype.ts";
import { numel, type Shape } from "../../base/shape.ts";
import type { AttributesOf } from "../../device/kernels.ts";
import type { KernelOverride } from "../tfjs/overrides.ts";

/** Fills `out` with the sums of the elements so far along `dim`; `check` sees each of them. */
export function runningSumsOf<Out extends TypedArray>(
  data: TypedArray,
  shape: Shape,
  { dim, reverse }: AttributesOf<"cumsum">,
  out: Out,
  check?: (op: string, total: number) => number,
): Out {
  const n = shape[dim] as number;
  const inner = numel(shape.slice(dim + 1));
  const [first, step] = reverse ? [(n - 1) * inner, -inner] : [0, inner];
  for (let start = 0; start < data.length; start += n * inner) {
    for (let i = 0; i < inner; i++) {
      let total = 0;
      for (let k = 0, at = start + i + first; k < n; k++, at += step) {
        total += data[at] as number;
        check?.("cumsum", total);
        out[at] = total;
      }
    }
  }
  return out;
}

/**
 * `cumsum` of floats, added up in double precision as PyTorch's is. TensorFlow.js rounds each sum to a float before it adds the next term:
 * a million terms lose three digits. Runs wherever the backend can be read without waiting.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.cumsum.html
 */
export const runningSums: KernelOverride<"cumsum"> = (device, { x }, attrs, outs) => {
  if (x.dtype !== "float32") return device.runNative("cumsum", { x }, attrs, outs);
  const data = device.backend.readSync(x.dataId) as TypedArray;
  const out = runningSumsOf(data, x.shape, attrs, new Float32Array(data.length));
  return [{ dataId: device.backend.write(out, [...x.shape], "float32"), shape: [...x.shape], dtype: "float32" }];
};
