import { ArgumentTypeError, DTypeError, type Shape, ShapeError, type Tensor, tensor, ValueError } from "@kindling/core";
import { checkTensor, describeValue, isFloat, pythonRepr, surplusArguments } from "@kindling/core/extend";
import { CallableTransform } from "./callable-transform.ts";

/**
 * `(x - mean[c]) / std[c]` for each channel `c`. Shapes: `[..., C, H, W]` of floats, in and out. `mean` and `std` are one
 * number for all channels, or one for each.
 *
 * With the same numbers for all channels nothing is computed here: over bytes the steps wait until somebody reads.
 *
 * @see https://pytorch.org/vision/stable/generated/torchvision.transforms.Normalize.html
 */
export class Normalize extends CallableTransform {
  readonly mean: number | readonly number[];
  readonly std: number | readonly number[];

  constructor(mean: number | readonly number[], std: number | readonly number[]) {
    if (arguments.length > 2) throw surplusArguments("new Normalize(mean, std)", arguments.length);
    super();
    checkNumbers("mean", mean);
    checkNumbers("std", std);
    this.mean = mean;
    this.std = checkStd(std);
  }

  override apply(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Normalize.apply(x)", arguments.length);
    checkTensor("Normalize", x, "tensor");
    return this.#normalize(x, x.shape);
  }

  batch(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Normalize.batch(x)", arguments.length);
    checkTensor("Normalize", x, "tensor");
    return this.#normalize(x, x.shape.slice(1));
  }

  override toString(): string {
    return `Normalize(mean=${pythonRepr(this.mean, { list: true })}, std=${pythonRepr(this.std, { list: true })})`;
  }

  #normalize(x: Tensor, sample: Shape): Tensor {
    checkImage(x, sample);
    const mean = perChannel(this.mean, sample);
    const std = perChannel(this.std, sample);
    return x.sub(operand(mean, x)).div(operand(std, x));
  }
}

function checkNumbers(name: string, value: unknown): void {
  if ([value].flat().every((item) => typeof item === "number")) return;
  const got = `got ${value === undefined ? "nothing" : describeValue(value)}`;
  throw new ArgumentTypeError(
    "Normalize",
    `${name} must be a number, or one for each channel`,
    got,
    "Write new Normalize(0.5, 0.5).",
  );
}

function checkStd(std: number | readonly number[]): number | readonly number[] {
  if ([std].flat().every((value) => Math.fround(value) !== 0)) return std;
  throw new ValueError(
    "Normalize",
    "std evaluated to zero after conversion to torch.float32, leading to division by zero.",
    "",
    `It is ${pythonRepr(std, { list: true })}: give the standard deviation of each channel, a number above 0.`,
  );
}

function checkImage(x: Tensor, sample: Shape): void {
  if (x.dtype === "uint8" && sample.length === 2) {
    throw new DTypeError(
      "Normalize",
      "img should be Tensor Image. Got <class 'PIL.Image.Image'>",
      "it is uint8 [H, W], an image as a data set gives it",
      "Put ToTensor() before it.",
    );
  }
  if (!isFloat(x.dtype)) {
    throw new DTypeError(
      "Normalize",
      `Input tensor should be a float tensor. Got torch.${x.dtype}.`,
      "",
      "Put ToTensor() before it.",
    );
  }
  if (sample.length < 3) {
    throw new ShapeError(
      "Normalize",
      `Expected tensor to be a tensor image of size (..., C, H, W). Got tensor.size() = torch.Size([${sample.join(", ")}])`,
      "",
      "Normalize images before they are flattened; ToTensor() gives [1, H, W].",
    );
  }
}

/** One number where all channels share it, else one for each; they must be as many as the image has channels. */
function perChannel(values: number | readonly number[], sample: Shape): number | readonly number[] {
  if (typeof values === "number") return values;
  const [first] = values;
  const channels = sample.at(-3) as number;
  if (values.length === 1) return first as number;
  if (values.length === channels) return values.every((value) => value === first) ? (first as number) : values;
  const broadcast = [...sample.slice(0, -3), values.length, ...sample.slice(-2)];
  throw new ShapeError(
    "Normalize",
    channels === 1
      ? `output with shape [${sample.join(", ")}] doesn't match the broadcast shape [${broadcast.join(", ")}]`
      : `The size of tensor a (${channels}) must match the size of tensor b (${values.length}) at non-singleton dimension ${sample.length - 3}`,
    `${values.length} numbers for ${channels === 1 ? "1 channel" : `${channels} channels`}`,
    "Give one number, or one for each channel.",
  );
}

/** A number, or a tensor `[C, 1, 1]` on the device of `x`. */
function operand(values: number | readonly number[], x: Tensor): number | Tensor {
  if (typeof values === "number") return values;
  return tensor(values, { dtype: x.dtype }).view(-1, 1, 1).to(x.device);
}
