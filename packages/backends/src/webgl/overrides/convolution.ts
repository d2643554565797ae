import type { ImageOverride, TensorSpec } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { compute, constants } from "../compute.ts";

// The backend divides places by strides as floats and wants whole quotients (4.22, conv_backprop_gpu.js,
// conv_backprop_gpu_depthwise.js): on a GPU 6 / 3 may be 2.0000002, and the place is lost. Images have the channels last; a filter is
// `[kh, kw, in, out]`, or `[kh, kw, channels, outputs of each]` where each channel has its own.

function inputGradient(name: string, output: string): ImageOverride {
  return (device, inputs, attrs, outs) => {
    const [sh, sw] = attrs.strides as [number, number];
    // Halves and quarters are exact.
    if ([sh, sw].every((stride) => (stride & (stride - 1)) === 0)) return device.runTfjs(name, inputs, attrs);
    const { dy, filter } = inputs as { dy: TensorInfo; filter: TensorInfo };
    const { shape } = outs[0] as TensorSpec;
    const pad = attrs.pad === "valid" ? undefined : (attrs.pad as readonly (readonly number[])[]);
    const [, h, w, channels] = shape as readonly [number, number, number, number];
    const [, oh, ow, outputs] = dy.shape as [number, number, number, number];
    const [kh, kw, , last] = filter.shape as [number, number, number, number];
    const [top, left] = [pad?.[1]?.[0] ?? 0, pad?.[2]?.[0] ?? 0];
    const code = `
      ${constants({ h, w, channels, oh, ow, outputs, kh, kw, last, sh, sw, top, left })}
      float valueAt(int index) {
        int c = index % channels;
        int column = index / channels % w;
        int row = index / channels / w % h;
        int n = index / channels / w / h;
        float total = 0.0;
        for (int i = 0; i < kh; i++) {
          int down = row + top - i;
          if (down < 0 || down % sh != 0 || down / sh >= oh) continue;
          for (int j = 0; j < kw; j++) {
            int right = column + left - j;
            if (right < 0 || right % sw != 0 || right / sw >= ow) continue;
            for (int k = 0; k < last; k++) {
              total += getDy(((n * oh + down / sh) * ow + right / sw) * outputs + ${output})
                * getWeight(((i * kw + j) * channels + c) * last + k);
            }
          }
        }
        return total;
      }`;
    return [compute(device, { inputs: { dy, weight: filter }, shape, dtype: "float32", code })];
  };
}

export const conv2dBackpropInput = inputGradient("Conv2DBackpropInput", "k");
export const depthwiseBackpropInput = inputGradient("DepthwiseConv2dNativeBackpropInput", "c * last + k");
