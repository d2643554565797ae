import type { Attributes, ImageOverride, TensorSpec } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { compute, constants } from "../compute.ts";

// The backend passes over NaN, and takes the last of equals (4.22, pool_gpu.js). Images have the channels last.

/**
 * Looks for the largest in the window at output row `y`, column `x`: PyTorch takes NaN for larger than all, and the first of equals.
 * Gives its value, and its place in the plane.
 */
const LARGEST = `
  struct Found { float value; int place; };
  Found largest(int n, int y, int x, int c) {
    Found found = Found(-INFINITY, -1);
    for (int i = 0; i < kh; i++) {
      int row = y * sh - top + i;
      if (row < 0 || row >= h) continue;
      for (int j = 0; j < kw; j++) {
        int column = x * sw - left + j;
        if (column < 0 || column >= w) continue;
        float value = getImage(((n * h + row) * w + column) * channels + c);
        if (found.place < 0 || value > found.value || (isnan(value) && !isnan(found.value))) {
          found = Found(value, row * w + column);
        }
      }
    }
    return found;
  }`;

function geometry(image: readonly number[], out: readonly number[], attrs: Attributes): string {
  const [kh, kw] = attrs.filterSize as [number, number];
  const [sh, sw] = attrs.strides as [number, number];
  const pad = attrs.pad === "valid" ? undefined : (attrs.pad as readonly (readonly number[])[]);
  const [, h, w, channels] = image as [number, number, number, number];
  const [, oh, ow] = out as [number, number, number];
  const [top, left] = [pad?.[1]?.[0] ?? 0, pad?.[2]?.[0] ?? 0];
  return constants({ h, w, channels, oh, ow, kh, kw, sh, sw, top, left });
}

/** One value for each window, made of what is `found` in it. */
function perWindow(image: TensorInfo, shape: readonly number[], attrs: Attributes, value: string): string {
  return `
    ${geometry(image.shape, shape, attrs)}
    ${LARGEST}
    float valueAt(int index) {
      int c = index % channels;
      int x = index / channels % ow;
      int y = index / channels / ow % oh;
      Found found = largest(index / channels / ow / oh, y, x, c);
      return ${value};
    }`;
}

export const maxPool: ImageOverride = (device, inputs, attrs, outs) => {
  const { x: image } = inputs as { x: TensorInfo };
  const { shape } = outs[0] as TensorSpec;
  const code = perWindow(image, shape, attrs, "found.value");
  return [compute(device, { inputs: { image }, shape, dtype: "float32", code })];
};

export const maxPoolWithArgmax: ImageOverride = (device, inputs, attrs, outs) => {
  const { x: image } = inputs as { x: TensorInfo };
  const { shape } = outs[0] as TensorSpec;
  const code = perWindow(image, shape, attrs, "float(found.place * channels + c)");
  const places = compute(device, { inputs: { image }, shape, dtype: "int32", code });
  return [...maxPool(device, inputs, attrs, outs), places];
};

/** Each element of the image collects the gradients of the windows in which it is the largest. */
export const maxPoolGrad: ImageOverride = (device, inputs, attrs, outs) => {
  const { dy, input: image } = inputs as { dy: TensorInfo; input: TensorInfo };
  const { shape } = outs[0] as TensorSpec;
  const code = `
    ${geometry(shape, dy.shape, attrs)}
    ${LARGEST}
    float valueAt(int index) {
      int c = index % channels;
      int column = index / channels % w;
      int row = index / channels / w % h;
      int n = index / channels / w / h;
      int lastY = min((row + top) / sh, oh - 1);
      int lastX = min((column + left) / sw, ow - 1);
      float total = 0.0;
      for (int y = max(0, (row + top - kh + sh) / sh); y <= lastY; y++) {
        for (int x = max(0, (column + left - kw + sw) / sw); x <= lastX; x++) {
          if (largest(n, y, x, c).place == row * w + column) total += getDy(((n * oh + y) * ow + x) * channels + c);
        }
      }
      return total;
    }`;
  return [compute(device, { inputs: { image, dy }, shape, dtype: "float32", code })];
};
