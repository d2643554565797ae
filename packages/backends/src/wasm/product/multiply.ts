import type { TfjsRunner } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { COLUMNS, ROWS, type TileKernels } from "../kernels/tile.ts";
import { elements, output } from "../overrides/heap.ts";
import { BlockedProduct } from "./blocked-product.ts";
import { FLOAT, packedSize } from "./operand.ts";
import { StridedOperand, type Strides } from "./strided-operand.ts";

/** How the operands of a product are read, and what is added to it. */
export interface MultiplyOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** Added to each row. */
  readonly bias?: TensorInfo;
}

/**
 * `a b + bias`, with `a` or `b` read transposed. Shapes: a `[*, m, k]`, b `[*, k, n]` (after transposing), bias `[n]`, result
 * `[*, m, n]`; the batches are equally long, and no size is 0.
 *
 * 1.4 times as fast as the backend's own kernel on its fast path, which takes untransposed matrices only and packs the right one
 * float by float; and nearer to the true sum, as terms are added in blocks.
 */
export function multiply(
  device: TfjsRunner,
  kernels: TileKernels,
  a: TensorInfo,
  b: TensorInfo,
  { transposeA = false, transposeB = false, bias }: MultiplyOptions = {},
): TensorInfo {
  const batch = a.shape.slice(0, -2);
  const k = a.shape.at(transposeA ? -2 : -1) as number;
  const [left, right] = [vectorsOf(a, !transposeA, ROWS), vectorsOf(b, transposeB, COLUMNS)];
  const [m, n] = [left.length, right.length];

  const out = output(device, [...batch, m, n], "float32");
  const [kept, passing] = m <= n ? [left, right] : [right, left];
  const sizes = [packedSize(kept, k), passing.width * k, ROWS * COLUMNS, Math.ceil(n / COLUMNS) * COLUMNS] as const;
  const scratch = output(device, [sizes.reduce((sum, size) => sum + size)], "float32");
  // Only now, since each allocation may move the memory.
  const floats = new Float32Array(elements(device, out).buffer);
  const address = (info: TensorInfo): number => elements(device, info).byteOffset;
  const atKept = address(scratch);
  const atPassing = atKept + FLOAT * sizes[0];
  const atEdge = atPassing + FLOAT * sizes[1];
  const atBias = bias === undefined ? 0 : atEdge + FLOAT * sizes[2];
  if (bias !== undefined) floats.set(elements(device, bias), atBias / FLOAT);

  const product = new BlockedProduct(kernels, floats, k, {
    kept: atKept,
    passing: atPassing,
    edge: atEdge,
    bias: atBias,
  });
  for (let i = 0; i < numel(batch); i++) {
    const rows = new StridedOperand(kernels, floats, { ...left, k, at: address(a) + FLOAT * i * m * k });
    const columns = new StridedOperand(kernels, floats, { ...right, k, at: address(b) + FLOAT * i * n * k });
    product.compute(rows, columns, address(out) + FLOAT * i * m * n);
  }
  device.release(scratch);
  return out;
}

/** The last two dimensions of `x` as vectors along k: its rows, or else its columns. */
function vectorsOf({ shape }: TensorInfo, rows: boolean, width: number): Omit<Strides, "at" | "k"> {
  const [height, breadth] = shape.slice(-2) as [number, number];
  const line = FLOAT * breadth;
  return rows
    ? { length: height, stride: line, step: FLOAT, width }
    : { length: breadth, stride: FLOAT, step: line, width };
}
