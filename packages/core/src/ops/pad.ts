import { castScalar } from "../base/cast.ts";
import { checkConvertible } from "../base/convertible.ts";
import { ShapeError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { formatShape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { checkInts, checkTensor } from "../tensor/arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Padding, padOp, sliceOp } from "./slice.ts";

/** `value` around `x`; `padding` are pairs from the last dimension on, as `F.pad`: `[left, right, top, bottom]`. Negative ones crop. */
export function pad(x: Tensor, padding: readonly number[], options: { readonly value?: number } = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("pad(x, padding, options?)", arguments.length);
  checkTensor("pad", x);
  checkOptions("pad", options, ["value"]);
  checkInts("pad", padding, {
    name: "pad",
    position: 2,
    wayOut: "Give [left, right], [left, right, top, bottom], ...",
  });
  if (padding.length % 2 !== 0 || padding.length > 2 * x.ndim) {
    throw new ShapeError(
      "pad",
      padding.length % 2 !== 0
        ? "Padding length must be divisible by 2"
        : `Padding length should be less than or equal to two times the input dimension but got padding length ${padding.length} and input of dimension ${x.ndim}`,
      "",
      "Give [left, right], [left, right, top, bottom], ...",
    );
  }
  const { value = 0 } = options;
  checkConvertible("pad", value, x.dtype);
  const pairs = x.shape.map((_, i) => {
    const at = 2 * (x.ndim - 1 - i);
    return [padding[at] ?? 0, padding[at + 1] ?? 0] as const;
  });
  const cropped = pairs.some(([before, after]) => before < 0 || after < 0);
  const begin = pairs.map(([before]) => Math.max(0, -before));
  const size = x.shape.map((length, i) => length + Math.min(0, pairs[i]?.[0] ?? 0) + Math.min(0, pairs[i]?.[1] ?? 0));
  if (size.some((length) => length < 0)) {
    throw new ShapeError(
      "pad",
      "narrow(): length must be non-negative.",
      `the shape is ${formatShape(x.shape)}, the padding ${formatShape(padding)}`,
      "Negative padding crops at most what there is.",
    );
  }
  const inner = cropped ? sliceOp([x], { begin, size }) : x;
  const paddings = pairs.map(([before, after]): Padding => [Math.max(0, before), Math.max(0, after)]);
  return padOp([inner], { paddings, value: castScalar(value, x.dtype) });
}
