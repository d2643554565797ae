import { isFloat } from "../../base/dtype.ts";
import type { Shape } from "../../base/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { expand } from "../broadcast.ts";
import { constant } from "../constant.ts";
import { sum } from "../sum.ts";

/** The pool of an empty batch, or of no windows: a tensor without elements that still leads back to `x`. */
export function nothingOf(x: Tensor, shape: Shape): Tensor {
  if (!isFloat(x.dtype)) return expand(constant(x.device, 0, x.dtype), shape);
  return expand(sum(x, [-2, -1], { keepdim: true }), shape);
}
