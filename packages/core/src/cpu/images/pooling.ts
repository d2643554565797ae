import type { TensorInfo } from "@tensorflow/tfjs-core";
import { maxPoolGradInto, maxPoolInto, maxPoolingOf, maxPoolPlacesInto } from "../../images/max-pooling.ts";
import { numel, type Shape } from "../../shape.ts";
import type { KernelRepair, TfjsDevice } from "../../tfjs-device.ts";

// The backend's kernels take NHWC, and gradients without what PyTorch says of equals.

export const maxPool: KernelRepair = (device, inputs, attrs, outs) => {
  const { x } = inputs as { x: TensorInfo };
  const shape = outs[0]?.shape as Shape;
  const out = new Float32Array(numel(shape));
  maxPoolInto(maxPoolingOf(x.shape, shape, attrs), floats(device, x), out);
  return [write(device, out, shape, "float32")];
};

export const maxPoolGrad: KernelRepair = (device, inputs, attrs, outs) => {
  const { dy, input } = inputs as { dy: TensorInfo; input: TensorInfo };
  const shape = outs[0]?.shape as Shape;
  const out = new Float32Array(numel(shape));
  maxPoolGradInto(maxPoolingOf(shape, dy.shape, attrs), floats(device, input), floats(device, dy), out);
  return [write(device, out, shape, "float32")];
};

export const maxPoolWithArgmax: KernelRepair = (device, inputs, attrs, outs) => {
  const { x } = inputs as { x: TensorInfo };
  const shape = outs[0]?.shape as Shape;
  const pooling = maxPoolingOf(x.shape, shape, attrs);
  const [values, places] = [new Float32Array(numel(shape)), new Int32Array(numel(shape))];
  maxPoolInto(pooling, floats(device, x), values);
  maxPoolPlacesInto(pooling, floats(device, x), places);
  return [write(device, values, shape, "float32"), write(device, places, shape, "int32")];
};

function floats(device: TfjsDevice, info: TensorInfo): Float32Array {
  return device.backend.readSync(info.dataId) as Float32Array;
}

function write(
  device: TfjsDevice,
  data: Float32Array | Int32Array,
  shape: Shape,
  dtype: "float32" | "int32",
): TensorInfo {
  return { dataId: device.backend.write(data, [...shape], dtype), shape: [...shape], dtype };
}
