import type { TensorInfo } from "../handle.ts";
import type { TfjsRunner } from "../runner.ts";
import { dilatedFilter, dilatedSize } from "./dilated-filter.ts";
import { type Geometry, isDilated, nativeAttributes, outputSize } from "./geometry.ts";
import { Steps } from "./steps.ts";

// Convolutions of each channel by itself. Images are `[N, H, W, C]`, filters `[kh, kw, C, outputs a channel]`.

const undilated = (geometry: Geometry): Geometry => ({ ...geometry, dilations: [1, 1] });

export function depthwiseConvolution(
  device: TfjsRunner,
  x: TensorInfo,
  filter: TensorInfo,
  geometry: Geometry,
): TensorInfo {
  const steps = new Steps(device);
  const [batch, h, w] = x.shape as [number, number, number];
  const [kh, kw, channels, each] = filter.shape as [number, number, number, number];
  const shape = [batch, ...outputSize([h, w], [kh, kw], geometry), channels * each];
  const { strides, dilations } = geometry;
  // tfjs's kernels refuse strides and dilations together.
  const both = strides[0] * strides[1] > 1 && isDilated(geometry);
  const kernel = both ? dilatedFilter(steps, filter, dilations) : filter;
  const attrs = nativeAttributes(both ? undilated(geometry) : geometry);
  return steps.end(steps.onImages("DepthwiseConv2dNative", { x, filter: kernel }, attrs, shape));
}

// tfjs's kernels of the gradients know no dilation (4.22, DepthwiseConv2dNativeBackprop...): a filter with gaps needs none.

export function depthwiseInputGradient(
  device: TfjsRunner,
  dy: TensorInfo,
  filter: TensorInfo,
  inputShape: readonly number[],
  geometry: Geometry,
): TensorInfo {
  const steps = new Steps(device);
  const kernel = isDilated(geometry) ? dilatedFilter(steps, filter, geometry.dilations) : filter;
  const attrs = { ...nativeAttributes(undilated(geometry)), inputShape };
  return steps.end(steps.onImages("DepthwiseConv2dNativeBackpropInput", { dy, filter: kernel }, attrs, inputShape));
}

export function depthwiseFilterGradient(
  device: TfjsRunner,
  x: TensorInfo,
  dy: TensorInfo,
  filterShape: readonly number[],
  geometry: Geometry,
): TensorInfo {
  const steps = new Steps(device);
  const [kh, kw, channels, each] = filterShape as [number, number, number, number];
  const size = dilatedSize([kh, kw], geometry.dilations);
  const whole = [...size, channels, each];
  const attrs = { ...nativeAttributes(undilated(geometry)), filterShape: whole };
  const found = steps.onImages("DepthwiseConv2dNativeBackpropFilter", { x, dy }, attrs, whole);
  if (!isDilated(geometry)) return steps.end(found);
  const masks = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0 };
  const strided = { begin: [0, 0, 0, 0], end: whole, strides: [...geometry.dilations, 1, 1], ...masks };
  return steps.end(steps.native("StridedSlice", { x: found }, strided));
}
