import { castArray, castScalar } from "../base/cast.ts";
import { checkConvertible } from "../base/convertible.ts";
import { allocate, isFloat } from "../base/dtype.ts";
import { ArgumentTypeError, DTypeError, ShapeError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { broadcastShapes, formatShape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { moveTo } from "../graph/op.ts";
import { bernoulli } from "../random/bernoulli.ts";
import { defaultGenerator } from "../random/default-generator.ts";
import type { Generator } from "../random/generator.ts";
import { normalOf } from "../random/normal.ts";
import { randint } from "../random/randint.ts";
import { random } from "../random/random.ts";
import { uniformOf } from "../random/uniform.ts";
import { checkInt, checkNumber, checkTensor, kindOf } from "../tensor/arguments.ts";
import { isTensor, type Tensor } from "../tensor/tensor.ts";
import { expand } from "./broadcast.ts";
import { cast } from "./conversion.ts";
import { checkResult, copyOp, inPlace, setElements } from "./inplace.ts";

// In-place ops whose result does not depend on what was there. Random ones draw PyTorch's numbers on the host.

interface Drawing {
  /** Where the numbers come from. Default: the default generator. */
  readonly generator?: Generator;
}

const GENERATOR = ["generator"];

/**
 * Every element becomes `value`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.fill_.html
 * @example ones([2]).fill_(3) // tensor([3., 3.])
 */
export function fill_(x: Tensor, value: number | Tensor): Tensor {
  if (arguments.length > 2) throw surplusArguments("fill_(x, value)", arguments.length);
  if (isTensor(value)) {
    value.check("fill_");
    if (value.ndim > 0) {
      throw new ShapeError(
        "fill_",
        `fill_ only supports 0-dimension value tensor but got tensor with ${value.ndim} dimensions.`,
        `its shape is ${formatShape(value.shape)}`,
        "Use copy_(), which broadcasts.",
      );
    }
    const scalar = (): Tensor => expand(moveTo(cast(value, x.dtype), x.device), x.shape);
    return inPlace("fill_", x, (before) => copyOp([before, scalar()], undefined), { repeats: true });
  }
  if (typeof value !== "number" && typeof value !== "boolean") {
    const rule = `fill_() received an invalid combination of arguments - got (${kindOf(value)}), but expected one of: (Tensor value), (Number value)`;
    throw new ArgumentTypeError("fill_", rule, "", "Give a number, or a tensor of no dimensions.");
  }
  checkConvertible("fill_", value, x.dtype);
  const data = allocate(x.dtype, x.numel()).fill(castScalar(value, x.dtype));
  return setElements("fill_", x, data, { repeats: true });
}

/**
 * Every element becomes 0.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.zero_.html
 * @example ones([2]).zero_() // tensor([0., 0.])
 */
export function zero_(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("zero_(x)", arguments.length);
  return setElements("zero_", x, allocate(x.dtype, x.numel()), { repeats: true });
}

/**
 * Fills with numbers drawn uniformly from `[from, to)`. PyTorch's numbers for the same seed. Floats only.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.uniform_.html
 * @example empty([2]).uniform_(0, 2).shape // [2]
 */
export function uniform_(x: Tensor, from = 0, to = 1, options: Drawing = {}): Tensor {
  if (arguments.length > 4) throw surplusArguments("uniform_(x, from?, to?, options?)", arguments.length);
  checkOptions("uniform_", options, GENERATOR);
  checkNumber("uniform_", from, "from", 2);
  checkNumber("uniform_", to, "to", 3);
  floats("uniform_", x);
  return setElements("uniform_", x, uniformOf(options.generator ?? defaultGenerator(), x.numel(), from, to, x.dtype));
}

/**
 * Fills with numbers drawn from the normal distribution of this mean and standard deviation. PyTorch's numbers for the same seed.
 * Floats only.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.normal_.html
 * @example empty([2]).normal_(0, 2).shape // [2]
 */
export function normal_(x: Tensor, mean = 0, std = 1, options: Drawing = {}): Tensor {
  if (arguments.length > 4) throw surplusArguments("normal_(x, mean?, std?, options?)", arguments.length);
  checkOptions("normal_", options, GENERATOR);
  checkNumber("normal_", mean, "mean", 2);
  checkNumber("normal_", std, "std", 3);
  floats("normal_", x);
  return setElements("normal_", x, normalOf(options.generator ?? defaultGenerator(), x.numel(), mean, std, x.dtype));
}

/**
 * Fills with 1 with probability `p`, else 0. PyTorch's numbers for the same seed.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.bernoulli_.html
 * @example empty([2]).bernoulli_(1) // tensor([1., 1.])
 */
export function bernoulli_(x: Tensor, p = 0.5, options: Drawing = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("bernoulli_(x, p?, options?)", arguments.length);
  checkOptions("bernoulli_", options, GENERATOR);
  checkNumber("bernoulli_", p, "p", 2);
  const drawn = bernoulli(options.generator ?? defaultGenerator(), x.numel(), p);
  return setElements("bernoulli_", x, castArray(drawn, x.dtype));
}

/**
 * Fills with integers drawn from `[from, to)`; from `[0, from)` without `to`; from everything the dtype holds without both. PyTorch's
 * numbers for the same seed.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.random_.html
 * @example empty([2]).random_(1) // tensor([0., 0.])
 */
export function random_(x: Tensor, from?: number, to?: number, options: Drawing = {}): Tensor {
  if (arguments.length > 4) throw surplusArguments("random_(x, from?, to?, options?)", arguments.length);
  checkOptions("random_", options, GENERATOR);
  const generator = options.generator ?? defaultGenerator();
  if (from === undefined) return setElements("random_", x, random(generator, x.numel(), x.dtype));
  const [low, high] = to === undefined ? [0, from] : [from, to];
  checkInt("random_", low, "from", 2);
  checkInt("random_", high, "to", 3);
  return setElements("random_", x, randint(generator, x.numel(), low, high, x.dtype));
}

/**
 * The elements of `source`, broadcast to this shape, converted and moved as needed.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.copy_.html
 * @example zeros([2]).copy_(tensor([1, 2])) // tensor([1., 2.])
 */
export function copy_(x: Tensor, source: Tensor): Tensor {
  if (arguments.length > 2) throw surplusArguments("copy_(x, source)", arguments.length);
  checkTensor("copy_", source, "other", 2);
  source.check("copy_");
  return inPlace(
    "copy_",
    x,
    (before) => {
      checkResult("copy_", x, { shape: broadcastShapes("copy_", x.shape, source.shape), dtype: x.dtype });
      return copyOp([before, expand(moveTo(cast(source, x.dtype), x.device), x.shape)], undefined);
    },
    { operands: [source] },
  );
}

function floats(op: string, x: Tensor): void {
  if (isFloat(x.dtype)) return;
  throw new DTypeError(op, `"${op}" not implemented for '${x.dtype}'`, "", "Draw floats and convert them.");
}
