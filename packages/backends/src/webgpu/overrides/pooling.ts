import type { Attributes, ImageOverride, TensorSpec } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { compute } from "../compute.ts";

// The backend starts from -1e20, so that smaller numbers lose against nothing, passes over NaN, and takes the last of equals for the
// gradient (4.22, pool_webgpu.js). Images have the channels last.

/** Looks for the largest in the window at output row `y`, column `x`: PyTorch's takes NaN for larger than all, and the first of equals. */
const LARGEST = `
  struct Found { value : f32, row : i32, column : i32 };
  fn largest(b : i32, y : i32, x : i32, c : i32) -> Found {
    var found = Found(-uniforms.INFINITY, -1, -1);
    for (var i = 0; i < uniforms.kh; i++) {
      let row = y * uniforms.sh - uniforms.top + i;
      if (row < 0 || row >= uniforms.h) { continue; }
      for (var j = 0; j < uniforms.kw; j++) {
        let column = x * uniforms.sw - uniforms.left + j;
        if (column < 0 || column >= uniforms.w) { continue; }
        let value = image[((b * uniforms.h + row) * uniforms.w + column) * uniforms.c + c];
        if (found.row < 0 || value > found.value || (isnan(value) && !isnan(found.value))) {
          found = Found(value, row, column);
        }
      }
    }
    return found;
  }`;

function uniformsOf(image: readonly number[], out: readonly number[], attrs: Attributes): Record<string, number> {
  const [kh, kw] = attrs.filterSize as [number, number];
  const [sh, sw] = attrs.strides as [number, number];
  const pad = attrs.pad === "valid" ? undefined : (attrs.pad as readonly (readonly number[])[]);
  const [, h, w, c] = image as [number, number, number, number];
  const [, oh, ow] = out as [number, number, number];
  return { h, w, c, oh, ow, kh, kw, sh, sw, top: pad?.[1]?.[0] ?? 0, left: pad?.[2]?.[0] ?? 0 };
}

/** One thread an output: `result[index] = write`, of what is found in its window. */
function perWindow(write: string): string {
  return `
    ${LARGEST}
    fn main(index : i32) {
      if (index >= uniforms.threads) { return; }
      let c = index % uniforms.c;
      let x = index / uniforms.c % uniforms.ow;
      let y = index / uniforms.c / uniforms.ow % uniforms.oh;
      let found = largest(index / uniforms.c / uniforms.ow / uniforms.oh, y, x, c);
      result[index] = ${write};
    }`;
}

export const maxPool: ImageOverride = (device, inputs, attrs, outs) => {
  const { x } = inputs as { x: TensorInfo };
  const { shape } = outs[0] as TensorSpec;
  const uniforms = uniformsOf(x.shape, shape, attrs);
  return [compute(device, { inputs: { image: x }, shape, dtype: "float32", uniforms, code: perWindow("found.value") })];
};

export const maxPoolWithArgmax: ImageOverride = (device, inputs, attrs, outs) => {
  const { x } = inputs as { x: TensorInfo };
  const { shape } = outs[0] as TensorSpec;
  const uniforms = uniformsOf(x.shape, shape, attrs);
  const place = perWindow("(found.row * uniforms.w + found.column) * uniforms.c + c");
  const places = compute(device, { inputs: { image: x }, shape, dtype: "int32", uniforms, code: place });
  return [...maxPool(device, inputs, attrs, outs), places];
};

/** Each element of the image collects the gradients of the windows in which it is the largest. */
export const maxPoolGrad: ImageOverride = (device, inputs, attrs, outs) => {
  const { dy, input } = inputs as { dy: TensorInfo; input: TensorInfo };
  const { shape } = outs[0] as TensorSpec;
  const uniforms = uniformsOf(shape, dy.shape, attrs);
  const code = `
    ${LARGEST}
    fn main(index : i32) {
      if (index >= uniforms.threads) { return; }
      let c = index % uniforms.c;
      let column = index / uniforms.c % uniforms.w;
      let row = index / uniforms.c / uniforms.w % uniforms.h;
      let b = index / uniforms.c / uniforms.w / uniforms.h;
      let lastY = min((row + uniforms.top) / uniforms.sh, uniforms.oh - 1);
      let lastX = min((column + uniforms.left) / uniforms.sw, uniforms.ow - 1);
      var total = 0.0;
      for (var y = max(0, (row + uniforms.top - uniforms.kh + uniforms.sh) / uniforms.sh); y <= lastY; y++) {
        for (var x = max(0, (column + uniforms.left - uniforms.kw + uniforms.sw) / uniforms.sw); x <= lastX; x++) {
          let found = largest(b, y, x, c);
          if (found.row == row && found.column == column) {
            total += dy[((b * uniforms.oh + y) * uniforms.ow + x) * uniforms.c + c];
          }
        }
      }
      result[index] = total;
    }`;
  return [compute(device, { inputs: { image: input, dy }, shape, dtype: "float32", uniforms, code })];
};
