import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor, surplusArguments, warn } from "@kindling/core/extend";
import { calculateCorrectFan, type FanMode } from "./fan.ts";
import { calculateGain, type Nonlinearity } from "./gain.ts";
import { normal_ } from "./normal.ts";
import { type GeneratorOption, uniform_ } from "./uniform.ts";

export interface KaimingOptions extends GeneratorOption {
  /** The slope for negative inputs of the `leaky_relu` that follows. Default: 0. */
  readonly a?: number;
  /** Default: `"fan_in"`. */
  readonly mode?: FanMode;
  /** The activation after the layer. Default: `"leaky_relu"`. */
  readonly nonlinearity?: Nonlinearity;
}

const KAIMING = ["a", "mode", "nonlinearity", "generator"];

/**
 * Fills with `U(-bound, bound)`, `bound = gain * sqrt(3 / fan)` (He et al. 2015).
 *
 * @see https://pytorch.org/docs/stable/nn.init.html#torch.nn.init.kaiming_uniform_
 */
export function kaimingUniform_(tensor: Tensor, options: KaimingOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("kaimingUniform_(tensor, options?)", arguments.length);
  checkTensor("kaimingUniform_", tensor, "tensor");
  checkOptions("kaimingUniform_", options, KAIMING);
  if (isEmpty(tensor)) return tensor;
  const bound = Math.sqrt(3) * kaimingStd(tensor, options);
  return uniform_(tensor, -bound, bound, generatorOf(options));
}

/**
 * Fills with `N(0, std²)`, `std = gain / sqrt(fan)`.
 *
 * @see https://pytorch.org/docs/stable/nn.init.html#torch.nn.init.kaiming_normal_
 */
export function kaimingNormal_(tensor: Tensor, options: KaimingOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("kaimingNormal_(tensor, options?)", arguments.length);
  checkTensor("kaimingNormal_", tensor, "tensor");
  checkOptions("kaimingNormal_", options, KAIMING);
  if (isEmpty(tensor)) return tensor;
  return normal_(tensor, 0, kaimingStd(tensor, options), generatorOf(options));
}

function kaimingStd(tensor: Tensor, { a = 0, mode = "fan_in", nonlinearity = "leaky_relu" }: KaimingOptions): number {
  const fan = calculateCorrectFan(tensor, mode);
  return calculateGain(nonlinearity, a) / Math.sqrt(fan);
}

function isEmpty({ shape }: Tensor): boolean {
  if (!shape.includes(0)) return false;
  warn("Initializing zero-element tensors is a no-op");
  return true;
}

function generatorOf({ generator }: GeneratorOption): GeneratorOption {
  return generator === undefined ? {} : { generator };
}
