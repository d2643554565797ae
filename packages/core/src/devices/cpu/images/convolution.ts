import { geometryOf } from "../../images/convolution-geometry.ts";
import { convolveInputGradInto, convolveInto, convolveWeightGradInto } from "../../images/convolution-loops.ts";
import type { KernelOverride } from "../../tfjs/overrides.ts";
import { floats, result } from "./elements.ts";

// The backend's own convolutions walk element by element, NHWC only; their gradients take seconds (4.22, Conv2DBackpropFilter.js).

export const conv2d: KernelOverride<"conv2d"> = (device, { x, weight }, attrs, outs) => {
  const { info, data, shape } = result(device, outs[0]);
  convolveInto(geometryOf(x.shape, weight.shape, shape, attrs), floats(device, x), floats(device, weight), data);
  return [info()];
};

export const conv2dInput: KernelOverride<"conv2dInput"> = (device, { grad, weight }, attrs, outs) => {
  const { info, data, shape } = result(device, outs[0]);
  const geometry = geometryOf(shape, weight.shape, grad.shape, attrs);
  convolveInputGradInto(geometry, floats(device, grad), floats(device, weight), data);
  return [info()];
};

export const conv2dWeight: KernelOverride<"conv2dWeight"> = (device, { x, grad }, attrs, outs) => {
  const { info, data, shape } = result(device, outs[0]);
  convolveWeightGradInto(geometryOf(x.shape, shape, grad.shape, attrs), floats(device, x), floats(device, grad), data);
  return [info()];
};
