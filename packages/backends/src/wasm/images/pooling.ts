import {
  type KernelOverride,
  maxPoolGradInto,
  maxPoolInto,
  maxPoolingOf,
  maxPoolPlacesInto,
} from "@kindling/core/device";
import { elements, floats, output } from "../overrides/heap.ts";

// The backend's kernels take NHWC, and start from the smallest positive number: gradients of windows without one go astray (4.22,
// MaxPoolGrad.cc, MaxPoolWithArgmax.cc).

export const maxPool2d: KernelOverride<"maxPool2d"> = (device, { x }, attrs, outs) => {
  const shape = outs[0]?.shape as readonly number[];
  const out = output(device, shape, "float32");
  maxPoolInto(maxPoolingOf(x.shape, shape, attrs), floats(device, x), floats(device, out));
  return [out];
};

export const maxPool2dBackward: KernelOverride<"maxPool2dBackward"> = (device, { grad, x: image }, attrs, outs) => {
  const shape = outs[0]?.shape as readonly number[];
  const out = output(device, shape, "float32");
  const target = floats(device, out);
  target.fill(0);
  const [x, gradient] = [floats(device, image), floats(device, grad)];
  maxPoolGradInto(maxPoolingOf(shape, grad.shape, attrs), x, gradient, target);
  return [out];
};

export const maxPool2dWithIndices: KernelOverride<"maxPool2dWithIndices"> = (device, { x }, attrs, outs) => {
  const shape = outs[0]?.shape as readonly number[];
  const [values, places] = [output(device, shape, "float32"), output(device, shape, "int32")];
  const pooling = maxPoolingOf(x.shape, shape, attrs);
  const source = floats(device, x);
  maxPoolInto(pooling, source, floats(device, values));
  maxPoolPlacesInto(pooling, source, elements(device, places) as Int32Array);
  return [values, places];
};
