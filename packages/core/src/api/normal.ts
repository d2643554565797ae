import { isFloat, scalarTypeName } from "../base/dtype.ts";
import { DTypeError, ValueError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { broadcastShapes, type Shape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { isGradEnabled, noGrad } from "../graph/grad-mode.ts";
import { onOneDevice, renameGraph } from "../graph/op.ts";
import { add, mul } from "../ops/arithmetic.ts";
import { expand } from "../ops/broadcast.ts";
import { where } from "../ops/comparison.ts";
import { constant } from "../ops/constant.ts";
import { cast } from "../ops/conversion.ts";
import { normal_ } from "../ops/filling.ts";
import { peek } from "../ops/index-tensor.ts";
import type { Generator } from "../random/generator.ts";
import { checkList, invalidCombination } from "../tensor/arguments.ts";
import { isTensor, type Tensor } from "../tensor/tensor.ts";
import { checkTensorOptions } from "../tensor/tensor-options.ts";
import { type RandomOptions, zeros } from "./creation.ts";

interface Drawing {
  /** Where random numbers come from. Default: the default generator, which `manualSeed` seeds. */
  readonly generator?: Generator;
}

/**
 * Numbers of normal distributions, one of each `mean` and `std`, which broadcast: tensors, or a number beside a tensor (`std` by default 1). Of
 * two numbers, `size` is the shape. PyTorch's numbers for the same seed; their gradients are 0, as there.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.normal.html
 * @example normal(tensor([0, 100]), tensor([1, 5])).shape // [2]
 * @example normal(2, 3, [1, 4]).shape // [1, 4]
 */
export function normal(mean: Tensor, std?: Tensor | number, options?: Drawing): Tensor;
export function normal(mean: number, std: Tensor, options?: Drawing): Tensor;
export function normal(mean: number, std: number, size: Shape, options?: RandomOptions): Tensor;
export function normal(...given: readonly unknown[]): Tensor {
  if (arguments.length > 4) throw surplusArguments("normal(mean, std, size?, options?)", arguments.length);
  const [mean, std = 1, ...rest] = given;
  if (typeof mean === "number" && typeof std === "number") return ofSize(mean, std, rest);
  const areKnown = [mean, std].every((value) => isTensor(value) || typeof value === "number");
  if (rest.length > 1) checkTensorOptions("normal", rest[1] as object, { random: true });
  const { generator } = areKnown && rest.length < 2 ? checked(rest[0]) : {};
  if (!areKnown || rest.length > 1) {
    throw invalidCombination("normal", given, "Write normal(mean, std), or of two numbers normal(0, 1, [2, 3]).");
  }
  const sides = onOneDevice("normal", [mean, std].filter(isTensor));
  // The first decides of what dtype the numbers are.
  const { dtype } = sides[0] as Tensor;
  if (!isFloat(dtype)) {
    throw new DTypeError("normal", `"normal_kernel_cpu" not implemented for '${scalarTypeName(dtype)}'`);
  }
  const [first, second] = sides.map(({ shape }) => shape) as [Shape, Shape?];
  const shape = second === undefined ? first : broadcastShapes("normal", first, second);
  return ofTensors(mean as Tensor | number, std as Tensor | number, sides, { shape, generator });
}

function checked(options: unknown = {}): Drawing {
  checkOptions("normal", options as object, ["generator"]);
  return options as Drawing;
}

function checkStd(std: number): void {
  if (!(std >= 0)) throw new ValueError("normal", `normal expects std >= 0.0, but found std ${std}`);
}

function ofSize(mean: number, std: number, [size, options = {}]: readonly unknown[]): Tensor {
  checkList("normal", size, { name: "size", position: 3, wayOut: "Write normal(0, 1, [2, 3])." });
  checkTensorOptions("normal", options as object, { random: true });
  checkStd(std);
  const { generator, requiresGrad = false, ...placed } = options as RandomOptions;
  const out = normal_(zeros(size as Shape, placed), mean, std, generator === undefined ? {} : { generator });
  return requiresGrad ? out.requiresGrad_() : out;
}

interface Drawn {
  readonly shape: Shape;
  readonly generator: Generator | undefined;
}

function ofTensors(
  mean: Tensor | number,
  std: Tensor | number,
  sides: readonly Tensor[],
  { shape, generator }: Drawn,
): Tensor {
  const [first] = sides as [Tensor];
  const values = noGrad(() => {
    const deviation = isTensor(std) ? 1 : std;
    checkStd(deviation);
    if (isTensor(std) && peek(std)?.some((each) => !(each >= 0)) === true) {
      throw new ValueError("normal", "normal expects all elements of std >= 0.0");
    }
    const noise = zeros(shape, { dtype: first.dtype, device: first.device });
    normal_(noise, 0, deviation, generator === undefined ? {} : { generator });
    // In this order, as PyTorch does: the last bit depends on it.
    return cast(add(isTensor(std) ? mul(noise, std) : noise, mean), first.dtype);
  });
  if (!isGradEnabled() || !sides.some((side) => side.requiresGrad)) return values;
  // The result asks for a gradient because they do, and none of it comes to them.
  const everywhere = expand(constant(first.device, 1, "bool"), shape);
  const out = sides.reduce((drawn, side) => where(everywhere, drawn, side), values);
  renameGraph(out, sides.length === 2 ? "NormalBackward3" : isTensor(mean) ? "NormalBackward1" : "NormalBackward2");
  return out;
}
