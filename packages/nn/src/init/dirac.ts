import { ShapeError, type Tensor, ValueError } from "@kindling/core";
import { checkOptions, checkTensor, formatShape, numel, surplusArguments } from "@kindling/core/extend";
import { fillFrom } from "./constant.ts";

export interface DiracOptions {
  /** Into how many groups the channels are divided. Default: 1. */
  readonly groups?: number;
}

/**
 * Fills a convolution's weight `[out, in, ...kernel]` so that it passes its input channels on: 1 in the middle of the kernel from
 * each channel to itself, within each group.
 *
 * @throws ShapeError `Only tensors with 3, 4, or 5 dimensions are supported`
 * @see https://pytorch.org/docs/stable/nn.init.html#torch.nn.init.dirac_
 */
export function dirac_(tensor: Tensor, options: DiracOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("dirac_(tensor, options?)", arguments.length);
  checkTensor("dirac_", tensor, "tensor");
  checkOptions("dirac_", options, ["groups"]);
  const { groups = 1 } = options;
  const { shape } = tensor;
  if (shape.length < 3 || shape.length > 5) {
    const rule = "Only tensors with 3, 4, or 5 dimensions are supported";
    throw new ShapeError(
      "dirac_",
      rule,
      `the shape is ${formatShape(shape)}`,
      "Weights of convolutions are [out, in, ...kernel].",
    );
  }
  const [outputs = 0, inputs = 0, ...kernel] = shape;
  if (outputs % groups !== 0) {
    throw new ValueError(
      "dirac_",
      "dim 0 must be divisible by groups",
      `${outputs} by ${groups}`,
      "Use the groups of the layer.",
    );
  }
  const size = numel(kernel);
  const middle = kernel.reduce((offset, k) => offset * k + Math.floor(k / 2), 0);
  const perGroup = outputs / groups;
  const elements = new Float32Array(outputs * inputs * size);
  for (let output = 0; output < outputs; output++) {
    const channel = output % perGroup;
    if (channel < inputs) elements[(output * inputs + channel) * size + middle] = 1;
  }
  return fillFrom(tensor, elements);
}
