import { fromBuffer, type Tensor } from "@kindling/core";
import type { InterpolationMode } from "../interpolation-mode.ts";
import { CUBIC, contributions, type ResampleFilter, TRIANGLE } from "../resample-filter.ts";

/**
 * Resizing of float images as `torch.nn.functional.interpolate` does it: rows and columns apart, each of them a product
 * with a matrix of weights, so it runs on any device and has a derivative. Shapes: `[..., H, W]` to `[..., height, width]`.
 */
export function resizeFloats(
  x: Tensor,
  [height, width]: readonly [number, number],
  mode: InterpolationMode,
  antialias: boolean,
): Tensor {
  const [inHeight, inWidth] = x.shape.slice(-2) as [number, number];
  if (mode === "nearest" || mode === "nearest-exact") {
    const shift = mode === "nearest" ? 0 : 0.5;
    const rows = x.indexSelect(-2, nearestIndices(inHeight, height, shift).to(x.device));
    return rows.indexSelect(-1, nearestIndices(inWidth, width, shift).to(x.device));
  }
  const weights = antialias ? antialiased(mode === "bilinear" ? TRIANGLE : CUBIC) : interpolated(mode);
  const across = inWidth === width ? x : x.matmul(weights(inWidth, width).transpose(0, 1).to(x.device));
  return inHeight === height ? across : weights(inHeight, height).to(x.device).matmul(across);
}

/** `floor((i + shift) * inSize / outSize)`, in single precision as PyTorch has it. */
function nearestIndices(inSize: number, outSize: number, shift: number): Tensor {
  const scale = Math.fround(inSize / outSize);
  const indices = Int32Array.from({ length: outSize }, (_, i) =>
    Math.min(Math.floor(Math.fround((i + shift) * scale)), inSize - 1),
  );
  return fromBuffer(indices, [outSize]);
}

/** The matrix `[outSize, inSize]` that makes each output pixel of input pixels. */
type WeightMatrix = (inSize: number, outSize: number) => Tensor;

function antialiased(filter: ResampleFilter): WeightMatrix {
  return (inSize, outSize) => {
    const matrix = new Float32Array(outSize * inSize);
    contributions(inSize, outSize, filter).forEach(({ start, weights }, i) => {
      matrix.set(weights, i * inSize + start);
    });
    return fromBuffer(matrix, [outSize, inSize]);
  };
}

/** Without antialiasing only the 2 or 4 pixels around `(i + 0.5) * scale - 0.5` count; beyond the edge it is the edge's. */
function interpolated(mode: "bilinear" | "bicubic"): WeightMatrix {
  return (inSize, outSize) => {
    const matrix = new Float32Array(outSize * inSize);
    const scale = inSize / outSize;
    for (let i = 0; i < outSize; i++) {
      const center = (i + 0.5) * scale - 0.5;
      const source = mode === "bilinear" ? Math.max(center, 0) : center;
      const first = Math.floor(source);
      const taps = mode === "bilinear" ? linearTaps(source - first) : cubicTaps(source - first);
      taps.forEach((weight, j) => {
        const position = first + j - (mode === "bilinear" ? 0 : 1);
        const at = i * inSize + Math.min(Math.max(position, 0), inSize - 1);
        matrix[at] = (matrix[at] as number) + weight;
      });
    }
    return fromBuffer(matrix, [outSize, inSize]);
  };
}

function linearTaps(t: number): number[] {
  return [1 - t, t];
}

/** Cubic convolution with `a = -0.75`, of the pixels at distances `1 + t`, `t`, `1 - t`, `2 - t`. */
function cubicTaps(t: number): number[] {
  const a = -0.75;
  const near = (x: number): number => ((a + 2) * x - (a + 3)) * x * x + 1;
  const far = (x: number): number => ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
  return [far(1 + t), near(t), near(1 - t), far(2 - t)];
}
