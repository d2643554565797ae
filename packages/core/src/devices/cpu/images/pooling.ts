import { maxPoolGradInto, maxPoolInto, maxPoolingOf, maxPoolPlacesInto } from "../../images/max-pooling.ts";
import type { KernelOverride } from "../../tfjs/overrides.ts";
import { floats, result, write } from "./elements.ts";

// The backend's kernels take NHWC only.

export const maxPool2d: KernelOverride<"maxPool2d"> = (device, { x }, attrs, outs) => {
  const { info, data, shape } = result(device, outs[0]);
  maxPoolInto(maxPoolingOf(x.shape, shape, attrs), floats(device, x), data);
  return [info()];
};

export const maxPool2dBackward: KernelOverride<"maxPool2dBackward"> = (device, { grad, x }, attrs, outs) => {
  const { info, data, shape } = result(device, outs[0]);
  maxPoolGradInto(maxPoolingOf(shape, grad.shape, attrs), floats(device, x), floats(device, grad), data);
  return [info()];
};

export const maxPool2dWithIndices: KernelOverride<"maxPool2dWithIndices"> = (device, { x }, attrs, outs) => {
  const { info, data, shape } = result(device, outs[0]);
  const places = new Int32Array(data.length);
  const pooling = maxPoolingOf(x.shape, shape, attrs);
  maxPoolInto(pooling, floats(device, x), data);
  maxPoolPlacesInto(pooling, floats(device, x), places);
  return [info(), write(device, places, shape, "int32")];
};
