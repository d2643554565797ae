import {
  allFinite,
  convolveInputGradInto,
  convolveInto,
  convolveWeightGradInto,
  geometryOf,
  gradientLayout,
  imageLayout,
  type KernelOverride,
  swappedWeight,
} from "@kindling/core/device";
import { kernelsOf } from "../kernels/kernels-of.ts";
import { elements, floats, output } from "../overrides/heap.ts";
import { FLOAT } from "../product/operand.ts";
import { GatheredProduct } from "./gathered-product.ts";

// The backend's own `Conv2D` takes NHWC only, its `Conv2DBackpropInput` is a plain loop, and `Conv2DBackpropFilter` is missing
// (tensorflow/tfjs#8474). Here all three are products with what is gathered from the image: no matrix of windows, no other layout. Where
// our kernels cannot run (no SIMD), they are plain loops.

/** `y[o][p] = Σ_t w[o][t] x[p, t]` */
export const conv2d: KernelOverride<"conv2d"> = (device, { x, weight: filter }, attrs, outs) => {
  const shape = outs[0]?.shape as readonly number[];
  const geometry = geometryOf(x.shape, filter.shape, shape, attrs);
  const { batch, groups, outputs } = geometry;
  const out = output(device, shape, "float32");
  const kernels = kernelsOf(device);
  if (kernels === undefined) {
    convolveInto(geometry, floats(device, x), floats(device, filter), floats(device, out));
    return [out];
  }
  const layout = imageLayout(geometry);
  const product = new GatheredProduct(device, kernels, { layout, source: x, rows: outputs });
  const [weight, result] = [elements(device, filter).byteOffset, elements(device, out).byteOffset];
  for (let part = 0; part < batch * groups; part++) {
    const rows = weight + FLOAT * (part % groups) * outputs * layout.taps.length;
    product.compute(part, rows, result + FLOAT * part * outputs * layout.points.length);
  }
  product.release();
  return [out];
};

/** `dx[c][p] = Σ_t w'[c][t] dy[p, t]`, with `dy` spread out and `w'` the weight turned around. */
export const conv2dInput: KernelOverride<"conv2dInput"> = (device, { grad: dy, weight: filter }, attrs, outs) => {
  const shape = outs[0]?.shape as readonly number[];
  const geometry = geometryOf(shape, filter.shape, dy.shape, attrs);
  const { batch, groups, channels } = geometry;
  const out = output(device, shape, "float32");
  const kernels = kernelsOf(device);
  if (kernels === undefined || !allFinite(floats(device, filter))) {
    convolveInputGradInto(geometry, floats(device, dy), floats(device, filter), floats(device, out));
    return [out];
  }
  const layout = gradientLayout(geometry);
  const product = new GatheredProduct(device, kernels, {
    layout,
    source: dy,
    rows: channels,
    extra: filter.shape.reduce((a, b) => a * b),
  });
  const matrix = channels * layout.taps.length;
  const weight = floats(device, filter);
  for (let group = 0; group < groups; group++) {
    product.floats.set(swappedWeight(weight, group, geometry), product.extra / FLOAT + group * matrix);
  }
  const result = elements(device, out).byteOffset;
  for (let part = 0; part < batch * groups; part++) {
    const rows = product.extra + FLOAT * (part % groups) * matrix;
    product.compute(part, rows, result + FLOAT * part * channels * layout.points.length);
  }
  product.release();
  return [out];
};

/** `dw[o][t] = Σ_n Σ_p dy[n][o][p] x[n][p, t]` */
export const conv2dWeight: KernelOverride<"conv2dWeight"> = (device, { x, grad: dy }, attrs, outs) => {
  const shape = outs[0]?.shape as readonly number[];
  const geometry = geometryOf(x.shape, shape, dy.shape, attrs);
  const { batch, groups, outputs } = geometry;
  const out = output(device, shape, "float32");
  const kernels = kernelsOf(device);
  if (kernels === undefined) {
    convolveWeightGradInto(geometry, floats(device, x), floats(device, dy), floats(device, out));
    return [out];
  }
  const image = imageLayout(geometry);
  // Points of the kernel make the columns here, places in the image their elements.
  const layout = { ...image, points: image.taps, taps: image.points };
  const matrix = outputs * layout.points.length;
  const product = new GatheredProduct(device, kernels, {
    layout,
    source: x,
    rows: outputs,
    extra: matrix,
  });
  const gradient = elements(device, dy).byteOffset;
  const result = floats(device, out);
  const share = product.floats.subarray(product.extra / FLOAT, product.extra / FLOAT + matrix);
  result.fill(0);
  for (let part = 0; part < batch * groups; part++) {
    product.compute(part, gradient + FLOAT * part * outputs * layout.taps.length, product.extra);
    const at = (part % groups) * matrix;
    for (let i = 0; i < matrix; i++) result[at + i] = (result[at + i] as number) + (share[i] as number);
  }
  product.release();
  return [out];
};
