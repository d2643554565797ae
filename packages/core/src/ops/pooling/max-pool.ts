import { isFloat } from "../../base/dtype.ts";
import { checkOptions } from "../../base/options.ts";
import { numel } from "../../base/shape.ts";
import { surplusArguments } from "../../base/surplus-arguments.ts";
import { checkTensor } from "../../tensor/arguments.ts";
import type { ValuesAndIndices } from "../../tensor/method-arguments.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { reshape } from "../broadcast.ts";
import { cast } from "../conversion.ts";
import type { SizeArgument } from "../convolution/arguments.ts";
import { valuesAndIndices } from "../values-and-indices.ts";
import { dilatedMaxPool } from "./dilated-max-pool.ts";
import { maxPool, maxPoolIndices } from "./max-pool-ops.ts";
import { nothingOf } from "./nothing.ts";
import { checkDType, checkImages, pooledShape, type WindowPair, windowsOver } from "./windows.ts";

export interface MaxPoolOptions {
  /** Default: the kernel's size. */
  readonly stride?: SizeArgument | undefined;
  /** Padding on both sides, which is never the largest. Default: 0. */
  readonly padding?: SizeArgument;
  /** Distance between the elements of a window. Default: 1. */
  readonly dilation?: SizeArgument;
  /** Windows that begin inside but end outside count too. Default: false. */
  readonly ceilMode?: boolean;
  /** Gives the positions in the plane, `row * W + column`, beside the values. Default: false. */
  readonly returnIndices?: boolean;
}

/**
 * The largest of each window; of equals the first, row by row. Shapes: x `[N, C, H, W]` or `[C, H, W]`, y the same with
 * `H' = floor((H + 2 padding - dilation (kh - 1) - 1) / stride) + 1`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d.html
 */
export function maxPool2d(
  x: Tensor,
  kernelSize: SizeArgument,
  options: MaxPoolOptions & { readonly returnIndices: true },
): ValuesAndIndices<Tensor>;
export function maxPool2d(
  x: Tensor,
  kernelSize: SizeArgument,
  options?: MaxPoolOptions & { readonly returnIndices?: false },
): Tensor;
export function maxPool2d(
  x: Tensor,
  kernelSize: SizeArgument,
  options?: MaxPoolOptions,
): Tensor | ValuesAndIndices<Tensor>;
export function maxPool2d(
  x: Tensor,
  kernelSize: SizeArgument,
  options: MaxPoolOptions = {},
): Tensor | ValuesAndIndices<Tensor> {
  if (arguments.length > 3) throw surplusArguments("maxPool2d(x, kernelSize, options?)", arguments.length);
  checkTensor("maxPool2d", x);
  checkOptions("maxPool2d", options, ["stride", "padding", "dilation", "ceilMode", "returnIndices"]);
  const { stride, padding = 0, dilation = 1, ceilMode = false, returnIndices = false } = options;
  checkImages("maxPool2d", x, () => "non-empty 3D or 4D (batch mode) tensor expected for input");
  checkDType("maxPool2d", x, { integers: true });
  const windows = windowsOver("maxPool2d", x, kernelSize, { stride, padding, dilation, ceilMode });
  const shape = pooledShape(x.shape, windows[0].count, windows[1].count);
  if (numel(shape) === 0) {
    const nothing = nothingOf(x, shape);
    return returnIndices ? valuesAndIndices(nothing, cast(nothing, "int64")) : nothing;
  }
  const wide = x.dtype === "int32" || x.dtype === "int64";
  const composed = wide || windows.some((along) => along.dilation > 1);
  // A float holds every integer of 16 bits, but not every other.
  const images = reshape(wide || isFloat(x.dtype) ? x : cast(x, "float32"), [-1, ...x.shape.slice(-3)]);
  const [largest, places] = (composed ? dilatedMaxPool : plainMaxPool)(images, windows);
  const values = cast(reshape(largest, shape), x.dtype);
  return returnIndices ? valuesAndIndices(values, reshape(places(), shape)) : values;
}

function plainMaxPool(x: Tensor, windows: WindowPair): readonly [Tensor, places: () => Tensor] {
  return [maxPool([x], windows), () => maxPoolIndices([x], windows)];
}
