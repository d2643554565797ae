import type { TensorSpec } from "../../../device/device.ts";
import { imageShapeOf, type Pair } from "../../images/attributes.ts";
import type { TensorInfo } from "../handle.ts";
import { denseConvolution, denseFilterGradient, denseInputGradient } from "./dense.ts";
import { depthwiseConvolution, depthwiseFilterGradient, depthwiseInputGradient } from "./depthwise.ts";
import { convolutionGeometry, seenBy } from "./geometry.ts";
import { groupedConvolution, groupedFilterGradient, groupedInputGradient } from "./grouped.ts";
import type { ImageKernel } from "./image-kernel.ts";
import { channelsLast, filterOf, handleOfFilter, handleOfImage, imageOf } from "./layout.ts";
import { Steps, viewed } from "./steps.ts";

/** A filter `[kh, kw, 1, out]` of as many groups as channels, as depthwise kernels read it: `[kh, kw, groups, out / groups]`. */
function depthwiseShape([kh, kw, , out]: readonly number[], groups: number): number[] {
  return [kh as number, kw as number, groups, (out as number) / groups];
}

/** The height and width of an image or a filter: its dimensions from `at` on. */
function sizes({ shape }: TensorInfo, at: number): Pair {
  return [shape[at] as number, shape[at + 1] as number];
}

export const conv2d: ImageKernel<"conv2d"> = (device, { x, weight }, attrs, outs) => {
  const { groups } = attrs;
  const geometry = convolutionGeometry(attrs);
  const [image, kernel] = [imageOf(device, x), filterOf(device, weight)];
  let out: TensorInfo;
  if (groups === 1) out = denseConvolution(device, image, kernel, geometry);
  else if (groups === x.shape[1]) {
    out = depthwiseConvolution(device, image, viewed(kernel, depthwiseShape(kernel.shape, groups)), geometry);
  } else out = groupedConvolution(device, image, kernel, groups, geometry);
  return [handleOfImage(device, out, outs[0] as TensorSpec)];
};

export const conv2dInput: ImageKernel<"conv2dInput"> = (device, { grad, weight }, attrs, outs) => {
  const [spec] = outs as [TensorSpec];
  const { groups } = attrs;
  const dy = imageOf(device, grad);
  const kernel = filterOf(device, weight);
  const [n, h, w, c] = channelsLast(imageShapeOf(spec.shape)) as [number, number, number, number];
  const { size, rest, geometry } = seenBy(sizes(dy, 1), sizes(kernel, 0), [h, w], convolutionGeometry(attrs));
  const shape = [n, ...size, c];
  let out: TensorInfo;
  if (groups === 1) out = denseInputGradient(device, dy, kernel, shape, geometry);
  else if (groups === shape[3]) {
    const each = viewed(kernel, depthwiseShape(kernel.shape, groups));
    out = depthwiseInputGradient(device, dy, each, shape, geometry);
  } else out = groupedInputGradient(device, dy, kernel, shape, groups, geometry);
  if (rest[0] + rest[1] === 0) return [handleOfImage(device, out, spec)];
  const steps = new Steps(device);
  const paddings = [
    [0, 0],
    [0, rest[0]],
    [0, rest[1]],
    [0, 0],
  ] as const;
  const whole = steps.padded(out, paddings);
  device.release(out);
  return [handleOfImage(device, whole, spec)];
};

export const conv2dWeight: ImageKernel<"conv2dWeight"> = (device, inputs, attrs, outs) => {
  const [spec] = outs as [TensorSpec];
  const { groups } = attrs;
  const geometry = convolutionGeometry(attrs);
  const [x, dy] = [imageOf(device, inputs.x), imageOf(device, inputs.grad)];
  const [o, i, kh, kw] = imageShapeOf(spec.shape);
  const shape = [kh, kw, i, o];
  let out: TensorInfo;
  if (groups === 1) out = denseFilterGradient(device, x, dy, shape, geometry);
  else if (groups === x.shape[3]) {
    out = viewed(depthwiseFilterGradient(device, x, dy, depthwiseShape(shape, groups), geometry), shape);
  } else out = groupedFilterGradient(device, x, dy, shape, groups, geometry);
  return [handleOfFilter(device, out, spec)];
};
