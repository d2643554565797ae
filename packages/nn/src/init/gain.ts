import { ValueError } from "@kindling/core";
import { surplusArguments } from "@kindling/core/extend";

const GAINS = {
  linear: 1,
  conv1d: 1,
  conv2d: 1,
  conv3d: 1,
  conv_transpose1d: 1,
  conv_transpose2d: 1,
  conv_transpose3d: 1,
  sigmoid: 1,
  tanh: 5 / 3,
  relu: Math.SQRT2,
  selu: 3 / 4,
} as const;

/** The functions that a gain is known for, by PyTorch's names. */
export type Nonlinearity = keyof typeof GAINS | "leaky_relu";

/**
 * The factor by which weights before a nonlinearity must be larger to keep the variance: sqrt(2) before a ReLU. `param` is
 * the slope of `leaky_relu`, 0.01 by default.
 *
 * @throws ValueError `Unsupported nonlinearity gelu`
 * @see https://pytorch.org/docs/stable/nn.init.html#torch.nn.init.calculate_gain
 */
export function calculateGain(nonlinearity: Nonlinearity, param = 0.01): number {
  if (arguments.length > 2) throw surplusArguments("calculateGain(nonlinearity, param?)", arguments.length);
  if (nonlinearity === "leaky_relu") {
    if (typeof param !== "number") {
      throw new ValueError(
        "calculateGain",
        `negative_slope ${String(param)} not a valid number`,
        "",
        "Give the slope as a number.",
      );
    }
    return Math.sqrt(2 / (1 + param ** 2));
  }
  if (Object.hasOwn(GAINS, nonlinearity)) return GAINS[nonlinearity];
  const known = [...Object.keys(GAINS), "leaky_relu"].join(", ");
  throw new ValueError("calculateGain", `Unsupported nonlinearity ${String(nonlinearity)}`, "", `Known are ${known}.`);
}
