import type { TensorInfo } from "@tensorflow/tfjs-core";
import { maxPoolGradInto, maxPoolInto, maxPoolingOf, maxPoolPlacesInto } from "../../images/max-pooling.ts";
import type { KernelOverride } from "../../tfjs/device.ts";
import { floats, result, write } from "./elements.ts";

// The backend's kernels take NHWC only.

export const maxPool: KernelOverride = (device, inputs, attrs, outs) => {
  const { x } = inputs as { x: TensorInfo };
  const { info, data, shape } = result(device, outs[0]);
  maxPoolInto(maxPoolingOf(x.shape, shape, attrs), floats(device, x), data);
  return [info()];
};

export const maxPoolGrad: KernelOverride = (device, inputs, attrs, outs) => {
  const { dy, input } = inputs as { dy: TensorInfo; input: TensorInfo };
  const { info, data, shape } = result(device, outs[0]);
  maxPoolGradInto(maxPoolingOf(shape, dy.shape, attrs), floats(device, input), floats(device, dy), data);
  return [info()];
};

export const maxPoolWithArgmax: KernelOverride = (device, inputs, attrs, outs) => {
  const { x } = inputs as { x: TensorInfo };
  const { info, data, shape } = result(device, outs[0]);
  const places = new Int32Array(data.length);
  const pooling = maxPoolingOf(x.shape, shape, attrs);
  maxPoolInto(pooling, floats(device, x), data);
  maxPoolPlacesInto(pooling, floats(device, x), places);
  return [info(), write(device, places, shape, "int32")];
};
