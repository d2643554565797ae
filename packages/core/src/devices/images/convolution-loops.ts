import { type Floats, floatsLike, type Matrix, rowProducts } from "../matrix-product.ts";
import {
  type ConvolutionGeometry,
  gradientLayout,
  imageLayout,
  type Layout,
  layOut,
  swappedWeight,
} from "./convolution-geometry.ts";

// Convolutions over elements in ordinary memory, for devices that have them there: each is a product of rows, image by image and group by
// group, added up in double precision.

/** `out[o][p] = Σ_t weight[o][t] image[p, t]` */
export function convolveInto(geometry: ConvolutionGeometry, image: Floats, weight: Floats, out: Floats): void {
  const layout = imageLayout(geometry);
  const { outputs } = geometry;
  const [taps, places] = [layout.taps.length, layout.points.length];
  const windows = windowsOf(layout, image, geometry.size);
  forEachPart(geometry, (part, group) => {
    rowProducts(rows(weight, group * outputs * taps, outputs, taps), windows(part), out, part * outputs * places);
  });
}

/**
 * `out[c][p] = Σ_t weight'[c][t] gradient[p, t]`, with the gradient spread out and `weight'` the weight turned around. The zeros between and
 * around the gradients meet every weight there: one that is no finite number would make NaN of them, where PyTorch adds nothing.
 */
export function convolveInputGradInto(
  geometry: ConvolutionGeometry,
  gradient: Floats,
  weight: Floats,
  out: Floats,
): void {
  if (!allFinite(weight)) {
    scatterInputGradInto(geometry, gradient, weight, out);
    return;
  }
  const layout = gradientLayout(geometry);
  const { channels, groups } = geometry;
  const [taps, places] = [layout.taps.length, layout.points.length];
  const turned = Array.from({ length: groups }, (_, group) => swappedWeight(weight, group, geometry));
  const windows = windowsOf(layout, gradient, geometry.outSize);
  forEachPart(geometry, (part, group) => {
    rowProducts(rows(turned[group] as Floats, 0, channels, taps), windows(part), out, part * channels * places);
  });
}

/** The same, each gradient given to the elements that its window covers: slower, and right whatever the weights are. */
function scatterInputGradInto(
  { batch, groups, channels, outputs, size, kernel, outSize, stride, padding, dilation }: ConvolutionGeometry,
  gradient: Floats,
  weight: Floats,
  out: Floats,
): void {
  const [height, width] = size;
  const taps = kernel[0] * kernel[1];
  const sums = new Float64Array(out.length);
  forEachPart({ batch, groups }, (part, group) => {
    for (let o = 0; o < outputs; o++) {
      for (let place = 0; place < outSize[0] * outSize[1]; place++) {
        const [y, x] = [Math.floor(place / outSize[1]), place % outSize[1]];
        const value = gradient[(part * outputs + o) * outSize[0] * outSize[1] + place] as number;
        for (let tap = 0; tap < taps; tap++) {
          const row = y * stride[0] - padding[0] + Math.floor(tap / kernel[1]) * dilation[0];
          const column = x * stride[1] - padding[1] + (tap % kernel[1]) * dilation[1];
          if (row < 0 || row >= height || column < 0 || column >= width) continue;
          for (let c = 0; c < channels; c++) {
            const at = ((part * channels + c) * height + row) * width + column;
            const factor = weight[((group * outputs + o) * channels + c) * taps + tap] as number;
            sums[at] = (sums[at] as number) + value * factor;
          }
        }
      }
    }
  });
  out.set(sums);
}

/** Whether there is neither NaN nor an infinity among the numbers. */
export function allFinite(numbers: Floats): boolean {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += (numbers[i] as number) * 0;
  return sum === 0;
}

/** `out[o][t] = Σ_n Σ_p gradient[n][o][p] image[n][p, t]` */
export function convolveWeightGradInto(
  geometry: ConvolutionGeometry,
  image: Floats,
  gradient: Floats,
  out: Floats,
): void {
  const layout = imageLayout(geometry);
  const { outputs } = geometry;
  const [taps, places] = [layout.taps.length, layout.points.length];
  // Points of the kernel are the rows here, places in the image the columns.
  const windows = windowsOf({ ...layout, points: layout.taps, taps: layout.points }, image, geometry.size);
  const sums = new Float64Array(out.length);
  const share = floatsLike(out, outputs * taps);
  forEachPart(geometry, (part, group) => {
    rowProducts(rows(gradient, part * outputs * places, outputs, places), windows(part), share, 0);
    const at = group * outputs * taps;
    for (let i = 0; i < share.length; i++) sums[at + i] = (sums[at + i] as number) + (share[i] as number);
  });
  out.set(sums);
}

/** Each group of each image; `part` counts them as they lie in memory. */
function forEachPart(
  { batch, groups }: Pick<ConvolutionGeometry, "batch" | "groups">,
  visit: (part: number, group: number) => void,
): void {
  for (let part = 0; part < batch * groups; part++) visit(part, part % groups);
}

/** Gives, for each part, the matrix of what the kernel meets: a row for each place, a column for each of its points. */
function windowsOf(layout: Layout, source: Floats, size: readonly [number, number]): (part: number) => Matrix {
  const { planes, points, taps } = layout;
  const spread = floatsLike(source, planes * layout.size[0] * layout.size[1]);
  const data = floatsLike(source, points.length * taps.length);
  return (part) => {
    layOut(layout, source, part * planes * size[0] * size[1], size, spread);
    for (let p = 0, i = 0; p < points.length; p++) {
      const place = points[p] as number;
      for (let t = 0; t < taps.length; t++, i++) data[i] = spread[place + (taps[t] as number)] as number;
    }
    return rows(data, 0, points.length, taps.length);
  };
}

function rows(data: Floats, offset: number, count: number, columns: number): Matrix {
  return { data, offset, rows: count, columns };
}
