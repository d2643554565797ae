import type { TensorInfo } from "@tensorflow/tfjs-core";
import { geometryOf } from "../../images/convolution-geometry.ts";
import { convolveInputGradInto, convolveInto, convolveWeightGradInto } from "../../images/convolution-loops.ts";
import type { KernelOverride } from "../../tfjs/device.ts";
import { floats, result } from "./elements.ts";

// The backend's own convolutions walk element by element, NHWC only; their gradients take seconds (4.22, Conv2DBackpropFilter.js).

export const conv2d: KernelOverride = (device, inputs, attrs, outs) => {
  const { x, filter } = inputs as { x: TensorInfo; filter: TensorInfo };
  const { info, data, shape } = result(device, outs[0]);
  convolveInto(geometryOf(x.shape, filter.shape, shape, attrs), floats(device, x), floats(device, filter), data);
  return [info()];
};

export const conv2dBackpropInput: KernelOverride = (device, inputs, attrs, outs) => {
  const { dy, filter } = inputs as { dy: TensorInfo; filter: TensorInfo };
  const { info, data, shape } = result(device, outs[0]);
  const geometry = geometryOf(shape, filter.shape, dy.shape, attrs);
  convolveInputGradInto(geometry, floats(device, dy), floats(device, filter), data);
  return [info()];
};

export const conv2dBackpropFilter: KernelOverride = (device, inputs, attrs, outs) => {
  const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
  const { info, data, shape } = result(device, outs[0]);
  convolveWeightGradInto(geometryOf(x.shape, shape, dy.shape, attrs), floats(device, x), floats(device, dy), data);
  return [info()];
};
