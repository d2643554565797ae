import { ValueError } from "../../base/errors.ts";
import { checkOptions } from "../../base/options.ts";
import { numel } from "../../base/shape.ts";
import { surplusArguments } from "../../base/surplus-arguments.ts";
import { checkTensor } from "../../tensor/arguments.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { div } from "../arithmetic.ts";
import type { SizeArgument } from "../convolution/arguments.ts";
import { nothingOf } from "./nothing.ts";
import { areasOf, sumWindows } from "./sum-windows.ts";
import { checkDType, checkImages, pooledShape, positionsOf, type Windows, windowsOver } from "./windows.ts";

export interface AvgPoolOptions {
  /** Default: the kernel's size. */
  readonly stride?: SizeArgument | undefined;
  /** Zeros on both sides. Default: 0. */
  readonly padding?: SizeArgument;
  /** Windows that begin inside but end outside count too. Default: false. */
  readonly ceilMode?: boolean;
  /** Whether zeros of the padding count in the mean. Default: true. */
  readonly countIncludePad?: boolean;
  /** The divisor of each sum, in place of the window's size. */
  readonly divisorOverride?: number | undefined;
}

/**
 * Means over windows. Shapes: x `[N, C, H, W]` or `[C, H, W]`, y the same with `H'` and `W'`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool2d.html
 */
export function avgPool2d(x: Tensor, kernelSize: SizeArgument, options: AvgPoolOptions = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("avgPool2d(x, kernelSize, options?)", arguments.length);
  checkTensor("avgPool2d", x);
  const op = "avgPool2d";
  checkOptions(op, options, ["stride", "padding", "ceilMode", "countIncludePad", "divisorOverride"]);
  const { stride, padding = 0, ceilMode = false, countIncludePad = true, divisorOverride } = options;
  if (divisorOverride === 0) throw new ValueError(op, "divisor must be not zero");
  checkImages(op, x, () => "non-empty 3D or 4D (batch mode) tensor expected for input");
  checkDType(op, x, { integers: false });
  const windows = windowsOver(op, x, kernelSize, { stride, padding, dilation: 1, ceilMode });
  const shape = pooledShape(x.shape, windows[0].count, windows[1].count);
  if (numel(shape) === 0) return nothingOf(x, shape);
  const [rows, columns] = windows;
  const total = sumWindows(
    x,
    { positions: positionsOf(rows), kernel: rows.kernel },
    { positions: positionsOf(columns), kernel: columns.kernel },
  );
  if (divisorOverride !== undefined) return div(total, divisorOverride);
  return div(total, areasOf(lengthsOf(rows, countIncludePad), lengthsOf(columns, countIncludePad), x));
}

/** How long each window is, with or without the padding in it. Beyond the padding of the far side nothing counts. */
function lengthsOf({ size, kernel, stride, padding, count }: Windows, withPadding: boolean): number[] {
  return Array.from({ length: count }, (_, i) => {
    const begin = i * stride - padding;
    const end = Math.min(begin + kernel, size + padding);
    return withPadding ? end - begin : Math.min(end, size) - Math.max(begin, 0);
  });
}
