import type { Attributes, ImageOverride, TensorSpec } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { compute } from "../compute.ts";

// The gradients of convolutions whose strides are no powers of two. The backend divides places by strides as floats and wants whole
// quotients (4.22, conv_backprop_webgpu.js, conv_backprop_depthwise_webgpu.js): on a GPU 6 / 3 may be 2.0000002, and the place is lost.
// Images have the channels last; a filter is `[kh, kw, in, out]`, or `[kh, kw, channels, outputs of each]` where each has its own.

type Shape = readonly number[];

function uniformsOf(image: Shape, filter: Shape, dy: Shape, attrs: Attributes): Record<string, number> {
  const pad = attrs.pad === "valid" ? undefined : (attrs.pad as readonly (readonly number[])[]);
  const [, h, w, c] = image as [number, number, number, number];
  const [batch, oh, ow, o] = dy as [number, number, number, number];
  const [kh, kw, , last] = filter as [number, number, number, number];
  const [sh, sw] = attrs.strides as [number, number];
  return { batch, h, w, c, oh, ow, o, kh, kw, last, sh, sw, top: pad?.[1]?.[0] ?? 0, left: pad?.[2]?.[0] ?? 0 };
}

function hasExactStrides(attrs: Attributes): boolean {
  return (attrs.strides as readonly number[]).every((stride) => (stride & (stride - 1)) === 0);
}

function inputGradient(name: string, depthwise: boolean): ImageOverride {
  return (device, inputs, attrs, outs) => {
    if (hasExactStrides(attrs)) return device.runTfjs(name, inputs, attrs);
    const { dy, filter } = inputs as { dy: TensorInfo; filter: TensorInfo };
    const { shape } = outs[0] as TensorSpec;
    const output = depthwise ? "c * uniforms.last + k" : "k";
    const code = `
      fn main(index : i32) {
        if (index >= uniforms.threads) { return; }
        let c = index % uniforms.c;
        let column = index / uniforms.c % uniforms.w;
        let row = index / uniforms.c / uniforms.w % uniforms.h;
        let n = index / uniforms.c / uniforms.w / uniforms.h;
        var total = 0.0;
        for (var i = 0; i < uniforms.kh; i++) {
          let down = row + uniforms.top - i;
          let y = down / uniforms.sh;
          if (down < 0 || down % uniforms.sh != 0 || y >= uniforms.oh) { continue; }
          for (var j = 0; j < uniforms.kw; j++) {
            let right = column + uniforms.left - j;
            let x = right / uniforms.sw;
            if (right < 0 || right % uniforms.sw != 0 || x >= uniforms.ow) { continue; }
            for (var k = 0; k < uniforms.last; k++) {
              total += dy[((n * uniforms.oh + y) * uniforms.ow + x) * uniforms.o + ${output}]
                * weight[((i * uniforms.kw + j) * uniforms.c + c) * uniforms.last + k];
            }
          }
        }
        result[index] = total;
      }`;
    const uniforms = uniformsOf(shape, filter.shape, dy.shape, attrs);
    return [compute(device, { inputs: { dy, weight: filter }, shape, dtype: "float32", uniforms, code })];
  };
}

function filterGradient(name: string, depthwise: boolean): ImageOverride {
  return (device, inputs, attrs, outs) => {
    if (hasExactStrides(attrs)) return device.runTfjs(name, inputs, attrs);
    const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
    const { shape } = outs[0] as TensorSpec;
    const output = depthwise ? "c * uniforms.last + k" : "k";
    const code = `
      fn main(index : i32) {
        if (index >= uniforms.threads) { return; }
        let k = index % uniforms.last;
        let c = index / uniforms.last % uniforms.c;
        let j = index / uniforms.last / uniforms.c % uniforms.kw;
        let i = index / uniforms.last / uniforms.c / uniforms.kw;
        var total = 0.0;
        for (var n = 0; n < uniforms.batch; n++) {
          for (var y = 0; y < uniforms.oh; y++) {
            let row = y * uniforms.sh - uniforms.top + i;
            if (row < 0 || row >= uniforms.h) { continue; }
            for (var v = 0; v < uniforms.ow; v++) {
              let column = v * uniforms.sw - uniforms.left + j;
              if (column < 0 || column >= uniforms.w) { continue; }
              total += x[((n * uniforms.h + row) * uniforms.w + column) * uniforms.c + c]
                * dy[((n * uniforms.oh + y) * uniforms.ow + v) * uniforms.o + ${output}];
            }
          }
        }
        result[index] = total;
      }`;
    const uniforms = uniformsOf(x.shape, shape, dy.shape, attrs);
    return [compute(device, { inputs: { x, dy }, shape, dtype: "float32", uniforms, code })];
  };
}

export const conv2dBackpropInput = inputGradient("Conv2DBackpropInput", false);
export const conv2dBackpropFilter = filterGradient("Conv2DBackpropFilter", false);
export const depthwiseBackpropInput = inputGradient("DepthwiseConv2dNativeBackpropInput", true);
export const depthwiseBackpropFilter = filterGradient("DepthwiseConv2dNativeBackpropFilter", true);
