import type { TensorInfo } from "@tensorflow/tfjs-core";
import {
  type ConvolutionGeometry,
  geometryOf,
  gradientLayout,
  imageLayout,
  type Layout,
  layOut,
  swappedWeight,
} from "../../images/convolution-geometry.ts";
import { numel, type Shape } from "../../shape.ts";
import type { KernelRepair, TfjsDevice } from "../../tfjs-device.ts";
import { type Matrix, rowProducts } from "../matrix-product.ts";

// tfjs's own convolutions on the cpu walk element by element; their gradients take seconds (4.22, Conv2DBackpropFilter.js). Here each is a
// product of rows, image by image and group by group.

/** `y[o][p] = Σ_t w[o][t] x[p, t]` */
export const conv2d: KernelRepair = (device, inputs, attrs, outs) => {
  const { x, filter } = inputs as { x: TensorInfo; filter: TensorInfo };
  const shape = outs[0]?.shape as Shape;
  const geometry = geometryOf(x.shape, filter.shape, shape, attrs);
  const [image, weight] = [read(device, x), read(device, filter)];
  const out = new Float32Array(numel(shape));
  const layout = imageLayout(geometry);
  const { outputs } = geometry;
  const places = layout.points.length;
  const windows = windowsOf(layout, image, geometry.size);
  forEachPart(geometry, (part, group) => {
    const taps = layout.taps.length;
    rowProducts(rows(weight, group * outputs * taps, outputs, taps), windows(part), out, part * outputs * places);
  });
  return write(device, out, shape);
};

/** `dx[c][p] = Σ_t w'[c][t] dy[p, t]`, with `dy` spread out and `w'` the weight turned around. */
export const conv2dBackpropInput: KernelRepair = (device, inputs, attrs, outs) => {
  const { dy, filter } = inputs as { dy: TensorInfo; filter: TensorInfo };
  const shape = outs[0]?.shape as Shape;
  const geometry = geometryOf(shape, filter.shape, dy.shape, attrs);
  const [gradient, weight] = [read(device, dy), read(device, filter)];
  const out = new Float32Array(numel(shape));
  const layout = gradientLayout(geometry);
  const { channels, groups } = geometry;
  const turned = Array.from({ length: groups }, (_, group) => swappedWeight(weight, group, geometry));
  const windows = windowsOf(layout, gradient, geometry.outSize);
  forEachPart(geometry, (part, group) => {
    const taps = layout.taps.length;
    const places = layout.points.length;
    rowProducts(rows(turned[group] as Float32Array, 0, channels, taps), windows(part), out, part * channels * places);
  });
  return write(device, out, shape);
};

/** `dw[o][t] = Σ_n Σ_p dy[n][o][p] x[n][p, t]` */
export const conv2dBackpropFilter: KernelRepair = (device, inputs, attrs, outs) => {
  const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
  const shape = outs[0]?.shape as Shape;
  const geometry = geometryOf(x.shape, shape, dy.shape, attrs);
  const [image, gradient] = [read(device, x), read(device, dy)];
  const layout = imageLayout(geometry);
  const { outputs } = geometry;
  const [taps, places] = [layout.taps.length, layout.points.length];
  // Points of the kernel are the rows here, places in the image the columns.
  const windows = windowsOf({ ...layout, points: layout.taps, taps: layout.points }, image, geometry.size);
  const sums = new Float64Array(numel(shape));
  const share = new Float32Array(outputs * taps);
  forEachPart(geometry, (part, group) => {
    rowProducts(rows(gradient, part * outputs * places, outputs, places), windows(part), share, 0);
    const at = group * outputs * taps;
    for (let i = 0; i < share.length; i++) sums[at + i] = (sums[at + i] as number) + (share[i] as number);
  });
  return write(device, Float32Array.from(sums), shape);
};

/** Each group of each image; `part` counts them as they lie in memory. */
function forEachPart({ batch, groups }: ConvolutionGeometry, visit: (part: number, group: number) => void): void {
  for (let part = 0; part < batch * groups; part++) visit(part, part % groups);
}

/** Gives, for each part, the matrix of what the kernel meets: a row for each place, a column for each of its points. */
function windowsOf(layout: Layout, source: Float32Array, size: readonly [number, number]): (part: number) => Matrix {
  const { planes, points, taps } = layout;
  const spread = new Float32Array(planes * layout.size[0] * layout.size[1]);
  const data = new Float32Array(points.length * taps.length);
  return (part) => {
    layOut(layout, source, part * planes * size[0] * size[1], size, spread);
    for (let p = 0, i = 0; p < points.length; p++) {
      const place = points[p] as number;
      for (let t = 0; t < taps.length; t++, i++) data[i] = spread[place + (taps[t] as number)] as number;
    }
    return rows(data, 0, points.length, taps.length);
  };
}

function rows(data: Float32Array, offset: number, count: number, columns: number): Matrix {
  return { data, offset, rows: count, columns };
}

function read(device: TfjsDevice, info: TensorInfo): Float32Array {
  return device.backend.readSync(info.dataId) as Float32Array;
}

function write(device: TfjsDevice, data: Float32Array, shape: Shape): TensorInfo[] {
  return [{ dataId: device.backend.write(data, [...shape], "float32"), shape: [...shape], dtype: "float32" }];
}
