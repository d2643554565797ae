import { type KernelRepair, maxPoolGradInto, maxPoolInto, maxPoolingOf, maxPoolPlacesInto } from "@kindling/core";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { elements, output } from "../repairs/heap.ts";

// The backend's kernels take NHWC, and start from the smallest positive number: gradients of windows without one go astray (4.22,
// MaxPoolGrad.cc, MaxPoolWithArgmax.cc).

export const maxPool: KernelRepair = (device, inputs, attrs, outs) => {
  const { x } = inputs as { x: TensorInfo };
  const shape = outs[0]?.shape as readonly number[];
  const out = output(device, shape, "float32");
  maxPoolInto(
    maxPoolingOf(x.shape, shape, attrs),
    elements(device, x) as Float32Array,
    elements(device, out) as Float32Array,
  );
  return [out];
};

export const maxPoolGrad: KernelRepair = (device, inputs, attrs, outs) => {
  const { dy, input } = inputs as { dy: TensorInfo; input: TensorInfo };
  const shape = outs[0]?.shape as readonly number[];
  const out = output(device, shape, "float32");
  const target = elements(device, out) as Float32Array;
  target.fill(0);
  const [x, gradient] = [elements(device, input) as Float32Array, elements(device, dy) as Float32Array];
  maxPoolGradInto(maxPoolingOf(shape, dy.shape, attrs), x, gradient, target);
  return [out];
};

export const maxPoolWithArgmax: KernelRepair = (device, inputs, attrs, outs) => {
  const { x } = inputs as { x: TensorInfo };
  const shape = outs[0]?.shape as readonly number[];
  const [values, places] = [output(device, shape, "float32"), output(device, shape, "int32")];
  const pooling = maxPoolingOf(x.shape, shape, attrs);
  const source = elements(device, x) as Float32Array;
  maxPoolInto(pooling, source, elements(device, values) as Float32Array);
  maxPoolPlacesInto(pooling, source, elements(device, places) as Int32Array);
  return [values, places];
};
