import type { Attributes, TensorSpec } from "../../../device/device.ts";
import type { AttributesOf } from "../../../device/kernels.ts";
import { imageShapeOf } from "../../images/attributes.ts";
import type { TensorInfo } from "../handle.ts";
import { nativePad } from "./geometry.ts";
import type { ImageKernel } from "./image-kernel.ts";
import { channelsLast, handleOfImage, imageOf, rowsOf } from "./layout.ts";
import { Steps } from "./steps.ts";

function nativeAttributes({ kernelSize, stride, padding }: AttributesOf<"maxPool2d">): Attributes {
  return { filterSize: kernelSize, strides: stride, pad: nativePad(padding) };
}

/** The largest of each window. tfjs's kernels pass over NaN (4.22, pool_utils.js), which wins in PyTorch. */
export const maxPool2d: ImageKernel<"maxPool2d"> = (device, inputs, attrs, outs) => {
  const [spec] = outs as [TensorSpec];
  const x = imageOf(device, inputs.x);
  const native = nativeAttributes(attrs);
  const shape = channelsLast(imageShapeOf(spec.shape));
  const steps = new Steps(device);
  const pool = (image: TensorInfo): TensorInfo => steps.onImages("MaxPool", { x: image }, native, shape);
  const largest = pool(x);
  if (device.overridesOnImages("MaxPool")) return [handleOfImage(device, steps.end(largest), spec)];
  const missing = steps.run("isnan", { x }, {}, x.shape, "bool");
  const counted = steps.run("cast", { x: missing }, {}, x.shape, "float32");
  const found = steps.run("cast", { x: pool(counted) }, {}, shape, "bool");
  const nan = steps.native("Fill", [], { shape, value: Number.NaN, dtype: "float32" });
  const out = steps.run("where", { condition: found, a: nan, b: largest }, {}, shape, "float32");
  return [handleOfImage(device, steps.end(out), spec)];
};

/** Each window's gradient to its first largest element. */
export const maxPool2dBackward: ImageKernel<"maxPool2dBackward"> = (device, { grad, x, y }, attrs, outs) => {
  const [spec] = outs as [TensorSpec];
  const infos = { dy: imageOf(device, grad), input: imageOf(device, x), output: imageOf(device, y) };
  const shape = channelsLast(imageShapeOf(spec.shape));
  const steps = new Steps(device);
  return [handleOfImage(device, steps.onImages("MaxPoolGrad", infos, nativeAttributes(attrs), shape), spec)];
};

/**
 * The largest of each window and where it stands in its plane. Each plane is taken for an image of one channel, since tfjs counts
 * positions over the channels too.
 */
export const maxPool2dWithIndices: ImageKernel<"maxPool2dWithIndices"> = (device, inputs, attrs, outs) => {
  const [n, c, h, w] = imageShapeOf(inputs.x.shape);
  const [, , oh, ow] = imageShapeOf((outs[0] as TensorSpec).shape);
  const x = { ...rowsOf(device, inputs.x), shape: [n * c, h, w, 1] };
  const shape = [n * c, oh, ow, 1];
  const found = device.runOnImages(
    "MaxPoolWithArgmax",
    { x },
    { ...nativeAttributes(attrs), includeBatchInIndex: false },
    [
      { shape, dtype: "float32" },
      { shape, dtype: "int32" },
    ],
  );
  return found.map(({ dataId }, i) => device.handleOf(dataId, outs[i] as TensorSpec));
};
