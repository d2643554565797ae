import { checkConvertible } from "../base/convertible.ts";
import { allocate, castArray, castScalar, isFloat } from "../base/dtype.ts";
import { DTypeError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { bernoulli } from "../random/bernoulli.ts";
import { defaultGenerator } from "../random/default-generator.ts";
import type { Generator } from "../random/generator.ts";
import { normal } from "../random/normal.ts";
import { randint } from "../random/randint.ts";
import { random } from "../random/random.ts";
import { uniform } from "../random/uniform.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { setElements } from "./inplace.ts";

// In-place ops whose result does not depend on what was there. Random ones draw PyTorch's numbers on the host.

interface Drawing {
  /** Where the numbers come from. Default: the default generator. */
  readonly generator?: Generator;
}

const GENERATOR = ["generator"];

export function fill_(x: Tensor, value: number): Tensor {
  checkConvertible("fill_", value, x.dtype);
  return setElements("fill_", x, allocate(x.dtype, x.numel()).fill(castScalar(value, x.dtype)));
}

export function zero_(x: Tensor): Tensor {
  return setElements("zero_", x, allocate(x.dtype, x.numel()));
}

/** Uniform on `[from, to)`. */
export function uniform_(x: Tensor, from = 0, to = 1, options: Drawing = {}): Tensor {
  checkOptions("uniform_", options, GENERATOR);
  floats("uniform_", x);
  return setElements("uniform_", x, uniform(options.generator ?? defaultGenerator(), x.numel(), from, to));
}

/** Normal with this mean and standard deviation. */
export function normal_(x: Tensor, mean = 0, std = 1, options: Drawing = {}): Tensor {
  checkOptions("normal_", options, GENERATOR);
  floats("normal_", x);
  return setElements("normal_", x, normal(options.generator ?? defaultGenerator(), x.numel(), mean, std));
}

/** 1 with probability `p`, else 0. */
export function bernoulli_(x: Tensor, p = 0.5, options: Drawing = {}): Tensor {
  checkOptions("bernoulli_", options, GENERATOR);
  const drawn = bernoulli(options.generator ?? defaultGenerator(), x.numel(), p);
  return setElements("bernoulli_", x, castArray(drawn, x.dtype));
}

/** Whole numbers of `[from, to)`; of `[0, from)` without `to`; of everything the dtype holds without both. */
export function random_(x: Tensor, from?: number, to?: number, options: Drawing = {}): Tensor {
  checkOptions("random_", options, GENERATOR);
  const generator = options.generator ?? defaultGenerator();
  if (from === undefined) return setElements("random_", x, random(generator, x.numel(), x.dtype));
  const [low, high] = to === undefined ? [0, from] : [from, to];
  return setElements("random_", x, castArray(randint(generator, x.numel(), low, high), x.dtype));
}

function floats(op: string, x: Tensor): void {
  if (isFloat(x.dtype)) return;
  throw new DTypeError(op, `"${op}" not implemented for '${x.dtype}'`, "", "Draw floats and convert them.");
}
