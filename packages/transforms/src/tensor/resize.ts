import { fromBuffer, type Tensor } from "@kindling/core";
import type { InterpolationMode } from "../interpolation-mode.ts";
import { isOnHost, mapPlanes, type Plane, type PlaneKernel } from "../planes.ts";
import type { Contribution } from "../resample-filter.ts";
import { resizeWeights } from "./resize-weights.ts";

/**
 * Resizing of float images as `torch.nn.functional.interpolate` does it, rows and columns apart. Where loops over arrays
 * will not do, each pass is a product with a matrix of weights. Shapes: `[..., H, W]` to `[..., height, width]`.
 */
export function resizeFloats(
  x: Tensor,
  [height, width]: readonly [number, number],
  mode: InterpolationMode,
  antialias: boolean,
): Tensor {
  const [inHeight, inWidth] = x.shape.slice(-2) as [number, number];
  const columns = resizeWeights(inWidth, width, mode, antialias);
  const rows = resizeWeights(inHeight, height, mode, antialias);
  if (isOnHost(x)) return mapPlanes(x, height, width, resizeKernel(inHeight, columns, rows));
  const across = x.matmul(matrix(columns, inWidth, x).transpose(0, 1));
  return matrix(rows, inHeight, x).matmul(across);
}

/** The matrix `[outSize, inSize]` that makes each pixel of those that it is made of. */
function matrix(weights: readonly Contribution[], inSize: number, x: Tensor): Tensor {
  const data = new Float32Array(weights.length * inSize);
  weights.forEach(({ start, weights: values }, i) => {
    data.set(values, i * inSize + start);
  });
  return fromBuffer(data, [weights.length, inSize]).to(x.device);
}

function resizeKernel(
  inHeight: number,
  columns: readonly Contribution[],
  rows: readonly Contribution[],
): PlaneKernel<Float32Array> {
  const across = new Float32Array(inHeight * columns.length);
  const between = { data: across, offset: 0, height: inHeight, width: columns.length };
  return (from, to) => {
    resizeAcross(from, between, columns);
    resizeDown(between, to, rows);
  };
}

function resizeAcross(from: Plane<Float32Array>, to: Plane<Float32Array>, columns: readonly Contribution[]): void {
  for (let y = 0; y < to.height; y++) {
    for (let x = 0; x < to.width; x++) {
      const { start, weights } = columns[x] as Contribution;
      const first = from.offset + y * from.width + start;
      let sum = 0;
      for (let j = 0; j < weights.length; j++) sum += (from.data[first + j] as number) * (weights[j] as number);
      to.data[to.offset + y * to.width + x] = sum;
    }
  }
}

function resizeDown(from: Plane<Float32Array>, to: Plane<Float32Array>, rows: readonly Contribution[]): void {
  for (let y = 0; y < to.height; y++) {
    const { start, weights } = rows[y] as Contribution;
    for (let x = 0; x < to.width; x++) {
      const first = from.offset + start * from.width + x;
      let sum = 0;
      for (let j = 0; j < weights.length; j++) {
        sum += (from.data[first + j * from.width] as number) * (weights[j] as number);
      }
      to.data[to.offset + y * to.width + x] = sum;
    }
  }
}
