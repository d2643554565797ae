import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor, surplusArguments } from "@kindling/core/extend";
import { calculateFanInAndFanOut } from "./fan.ts";
import { normal_ } from "./normal.ts";
import { type GeneratorOption, uniform_ } from "./uniform.ts";

export interface XavierOptions extends GeneratorOption {
  /** See `calculateGain`. Default: 1. */
  readonly gain?: number;
}

/**
 * Fills with `U(-a, a)`, `a = gain * sqrt(6 / (fan_in + fan_out))`: variance is kept in both directions (Glorot, Bengio 2010).
 *
 * @see https://pytorch.org/docs/stable/nn.init.html#torch.nn.init.xavier_uniform_
 */
export function xavierUniform_(tensor: Tensor, given: XavierOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("xavierUniform_(tensor, given?)", arguments.length);
  checkTensor("xavierUniform_", tensor, "tensor");
  checkOptions("xavierUniform_", given, ["gain", "generator"]);
  const { gain = 1, ...options } = given;
  const bound = Math.sqrt(3) * xavierStd(tensor, gain);
  return uniform_(tensor, -bound, bound, options);
}

/**
 * Fills with `N(0, std²)`, `std = gain * sqrt(2 / (fan_in + fan_out))`.
 *
 * @see https://pytorch.org/docs/stable/nn.init.html#torch.nn.init.xavier_normal_
 */
export function xavierNormal_(tensor: Tensor, given: XavierOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("xavierNormal_(tensor, given?)", arguments.length);
  checkTensor("xavierNormal_", tensor, "tensor");
  checkOptions("xavierNormal_", given, ["gain", "generator"]);
  const { gain = 1, ...options } = given;
  return normal_(tensor, 0, xavierStd(tensor, gain), options);
}

function xavierStd(tensor: Tensor, gain: number): number {
  const [fanIn, fanOut] = calculateFanInAndFanOut(tensor);
  return gain * Math.sqrt(2 / (fanIn + fanOut));
}
