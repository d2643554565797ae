import { init, type Module } from "@kindling/nn";
import type { Init } from "../config.ts";

/**
 * Overwrites the parameters of a network of linear and convolutional layers, in order.
 *
 * - `default`: leaves them as PyTorch draws them
 * - `ones`, `zeros`: every weight and bias (the notes' question: why does a network of ones not learn?)
 * - `xavier`: `xavierUniform_` for weights, biases 0
 * - `kaiming`: `kaimingUniform_` for weights (relu), biases 0
 */
export function initialize(net: Module, how: Init): void {
  if (how === "default") return;
  for (const [name, parameter] of net.namedParameters()) {
    if (how === "ones") init.ones_(parameter);
    else if (how === "zeros" || name.endsWith("bias")) init.zeros_(parameter);
    else if (how === "xavier") init.xavierUniform_(parameter);
    else init.kaimingUniform_(parameter, { nonlinearity: "relu" });
  }
}
