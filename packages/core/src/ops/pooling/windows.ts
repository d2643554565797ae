import { isFloat, scalarTypeName } from "../../base/dtype.ts";
import { DTypeError, ShapeError, ValueError } from "../../base/errors.ts";
import { formatShape, type Shape } from "../../base/shape.ts";
import type { Pair } from "../../devices/images/attributes.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type SizeArgument, spread } from "../convolution/arguments.ts";

/** The windows of a pooling over one dimension. */
export interface Windows {
  /** Size of the dimension they lie over. */
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
  /** How many there are. */
  readonly count: number;
}

/** The windows of a pooling over an image. */
export type WindowPair = readonly [rows: Windows, columns: Windows];

export interface WindowOptions {
  readonly stride?: SizeArgument | undefined;
  readonly padding: SizeArgument;
  readonly dilation: SizeArgument;
  readonly ceilMode: boolean;
}

/**
 * The windows over height and width of `x`. Their number is `floor((size + 2 padding - dilation (kernel - 1) - 1) / stride) + 1`, with
 * `ceil` in place of `floor` where `ceilMode` says so; a last window that would begin in the padding is left out.
 *
 * @throws ShapeError, ValueError with PyTorch's messages
 */
export function windowsOver(
  op: string,
  x: Tensor,
  kernelSize: SizeArgument,
  { stride, padding, dilation, ceilMode }: WindowOptions,
): WindowPair {
  const kernel = pairOf(op, "kernel_size", kernelSize);
  const step = stride === undefined ? kernel : pairOf(op, "stride", stride);
  const [sides, spacing] = [pairOf(op, "padding", padding), pairOf(op, "dilation", dilation)];
  check(op, { kernel, step, sides, spacing });
  const [height, width] = x.shape.slice(-2) as [number, number];
  const over = (dim: 0 | 1, size: number): Windows => {
    const walk = { size, kernel: kernel[dim], stride: step[dim], padding: sides[dim], dilation: spacing[dim] };
    return { ...walk, count: countOf(walk, ceilMode) };
  };
  const [rows, columns] = [over(0, height), over(1, width)];
  if (rows.count < 1 || columns.count < 1) {
    const planes = x.shape.at(-3) as number;
    throw new ShapeError(
      op,
      `Given input size: (${planes}x${height}x${width}). Calculated output size: (${planes}x${Math.max(0, rows.count)}x${Math.max(0, columns.count)}). Output size is too small`,
      "",
      "Use a smaller kernel, or pad.",
    );
  }
  return [rows, columns];
}

function countOf(walk: Omit<Windows, "count">, ceilMode: boolean): number {
  const { size, kernel, stride, padding, dilation } = walk;
  const room = size + 2 * padding - dilation * (kernel - 1) - 1;
  const count = Math.floor((room + (ceilMode ? stride - 1 : 0)) / stride) + 1;
  return ceilMode && (count - 1) * stride >= size + padding ? count - 1 : count;
}

function pairOf(op: string, name: string, value: SizeArgument): Pair {
  const [height, width] = spread(op, name, value, 2);
  return [height as number, width as number];
}

function check(
  op: string,
  { kernel, step, sides, spacing }: Record<"kernel" | "step" | "sides" | "spacing", Pair>,
): void {
  if (step.some((value) => value === 0)) throw new ValueError(op, "stride should not be zero");
  if (kernel.some((value) => value < 1) || step.some((value) => value < 1)) {
    throw new ValueError(
      op,
      "kernel size and stride should be greater than zero",
      `kernel size is ${formatShape(kernel)}, stride ${formatShape(step)}`,
    );
  }
  if (spacing.some((value) => value < 1)) {
    throw new ValueError(
      op,
      `dilation should be greater than zero, but got dilationH: ${spacing[0]} dilationW: ${spacing[1]}`,
    );
  }
  sides.forEach((pad, i) => {
    if (pad < 0) throw new ValueError(op, `pad must be non-negative, but got pad: ${pad}`);
    const [size, dilation] = [kernel[i] as number, spacing[i] as number];
    if (pad > Math.floor((dilation * (size - 1) + 1) / 2)) {
      throw new ValueError(
        op,
        `pad should be at most half of effective kernel size, but got pad=${pad}, kernel_size=${size} and dilation=${dilation}`,
      );
    }
  });
}

/** Images with their batch, empty at most in it. */
export function checkImages(op: string, x: Tensor, whenWrong: (shape: string) => string): void {
  const wrong = x.ndim !== 3 && x.ndim !== 4;
  if (wrong) throw new ShapeError(op, whenWrong(formatShape(x.shape)), `its shape is ${formatShape(x.shape)}`);
  if (x.shape.slice(x.ndim === 4 ? 1 : 0).some((size) => size === 0)) {
    throw new ShapeError(
      op,
      `Expected 3D or 4D (batch mode) tensor with optional 0 dim batch size for input, but got:${formatShape(x.shape)}`,
    );
  }
}

/** Refuses dtypes that PyTorch's kernels do not have. */
export function checkDType(op: string, x: Tensor, { integers }: { readonly integers: boolean }): void {
  if (isFloat(x.dtype) || (integers && x.dtype !== "bool")) return;
  const name = op.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  throw new DTypeError(
    op,
    `"${name}" not implemented for '${scalarTypeName(x.dtype)}'`,
    "",
    'Convert first: x.to("float32").',
  );
}

/** Where the elements of each window stand, window after window; `size` for those in the padding. */
export function positionsOf({ size, kernel, stride, padding, dilation, count }: Windows): Int32Array {
  const positions = new Int32Array(count * kernel);
  for (let window = 0, i = 0; window < count; window++) {
    for (let k = 0; k < kernel; k++, i++) {
      const at = window * stride - padding + k * dilation;
      positions[i] = at < 0 || at >= size ? size : at;
    }
  }
  return positions;
}

/** The shape of what is pooled. */
export function pooledShape(x: Shape, rows: number, columns: number): Shape {
  return [...x.slice(0, -2), rows, columns];
}
