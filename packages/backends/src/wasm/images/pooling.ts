import {
  type KernelOverride,
  maxPoolGradInto,
  maxPoolInto,
  maxPoolingOf,
  maxPoolPlacesInto,
} from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { elements, floats, output } from "../overrides/heap.ts";

// The backend's kernels take NHWC, and start from the smallest positive number: gradients of windows without one go astray (4.22,
// MaxPoolGrad.cc, MaxPoolWithArgmax.cc).

export const maxPool: KernelOverride = (device, inputs, attrs, outs) => {
  const { x } = inputs as { x: TensorInfo };
  const shape = outs[0]?.shape as readonly number[];
  const out = output(device, shape, "float32");
  maxPoolInto(maxPoolingOf(x.shape, shape, attrs), floats(device, x), floats(device, out));
  return [out];
};

export const maxPoolGrad: KernelOverride = (device, inputs, attrs, outs) => {
  const { dy, input } = inputs as { dy: TensorInfo; input: TensorInfo };
  const shape = outs[0]?.shape as readonly number[];
  const out = output(device, shape, "float32");
  const target = floats(device, out);
  target.fill(0);
  const [x, gradient] = [floats(device, input), floats(device, dy)];
  maxPoolGradInto(maxPoolingOf(shape, dy.shape, attrs), x, gradient, target);
  return [out];
};

export const maxPoolWithArgmax: KernelOverride = (device, inputs, attrs, outs) => {
  const { x } = inputs as { x: TensorInfo };
  const shape = outs[0]?.shape as readonly number[];
  const [values, places] = [output(device, shape, "float32"), output(device, shape, "int32")];
  const pooling = maxPoolingOf(x.shape, shape, attrs);
  const source = floats(device, x);
  maxPoolInto(pooling, source, floats(device, values));
  maxPoolPlacesInto(pooling, source, elements(device, places) as Int32Array);
  return [values, places];
};
