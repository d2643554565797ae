import { noGrad, scope, stack, type Tensor } from "@kindling/core";
import type { DigitNet } from "@kindling/recipes";
import { taken } from "./eye.ts";

/** The layers that have weights, by name, first to last. */
export function layersOf(net: DigitNet): string[] {
  return [...net.namedParameters()].flatMap(([name]) => (name.endsWith(".weight") ? [name.slice(0, -7)] : []));
}

/** `sqrt(mean(g²))` over the weights of each layer, in one reading. NaN where there is no gradient. */
export async function gradientSizes(net: DigitNet): Promise<number[]> {
  const grads = layersOf(net).map((layer) => net.getParameter(`${layer}.weight`).grad);
  if (grads.some((grad) => grad === null)) return grads.map(() => Number.NaN);
  const sizes = scope(() =>
    noGrad(() => stack((grads as Tensor[]).map((grad) => grad.detach().square().mean().sqrt()))),
  );
  return [...(await taken(sizes))];
}
