import { ShapeError, type Tensor, ValueError } from "@kindling/core";
import { checkTensor, formatShape, numel, surplusArguments } from "@kindling/core/extend";

/** Which of a weight's two fans keeps its variance: that of the forward or of the backward pass. */
export type FanMode = "fan_in" | "fan_out";

/**
 * How many inputs an output of the layer with this weight sees, and how many outputs an input: sizes 1 and 0 of `[out, in, ...]`, times
 * what follows (the kernel).
 *
 * @throws ShapeError `Fan in and fan out can not be computed for tensor with fewer than 2 dimensions`
 */
export function calculateFanInAndFanOut(tensor: Tensor): readonly [fanIn: number, fanOut: number] {
  if (arguments.length > 1) throw surplusArguments("calculateFanInAndFanOut(tensor)", arguments.length);
  checkTensor("calculateFanInAndFanOut", tensor, "tensor");
  const { shape } = tensor;
  const [outputs, inputs, ...kernel] = shape;
  if (outputs === undefined || inputs === undefined) {
    throw new ShapeError(
      "init",
      "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions",
      `the shape is ${formatShape(shape)}`,
      "Weights are [out, in, ...]; fill a bias with zeros_ or uniform_.",
    );
  }
  const receptiveField = numel(kernel);
  return [inputs * receptiveField, outputs * receptiveField];
}

/** One of the fans. */
export function calculateCorrectFan(tensor: Tensor, mode: FanMode): number {
  if (mode !== "fan_in" && mode !== "fan_out") {
    const rule = `Mode ${String(mode)} not supported, please use one of ['fan_in', 'fan_out']`;
    throw new ValueError(
      "init",
      rule,
      "",
      "fan_in keeps the variance of the forward pass, fan_out that of the backward pass.",
    );
  }
  const [fanIn, fanOut] = calculateFanInAndFanOut(tensor);
  return mode === "fan_in" ? fanIn : fanOut;
}
