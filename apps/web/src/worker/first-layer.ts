import type { DigitNet } from "@kindling/recipes";
import type { FirstLayer } from "../protocol/messages.ts";

/** The weights through which the network sees an image: an image for each unit, or each kernel. */
export async function firstLayer(runId: string, net: DigitNet): Promise<FirstLayer> {
  for (const [name, parameter] of net.namedParameters()) {
    const size = parameter.shape.slice(1).reduce((product, length) => product * length, 1);
    const data = Float32Array.from(await parameter.detach().toTypedArray());
    return { runId, name, side: Math.sqrt(size), data };
  }
  throw new Error("a network without parameters");
}
