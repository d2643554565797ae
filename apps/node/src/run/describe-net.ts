import { summary } from "@kindling/nn";
import type { DigitNet } from "@kindling/recipes";

/** What the notes print of a network: itself, its parameters, its summary for a batch of images. */
export function describeNet(net: DigitNet, batchSize: number): string {
  const parameters = Array.from(net.namedParameters(), ([name, parameter]) => `('${name}', ${parameter})`);
  return [net, ...parameters, summary(net, [batchSize, ...net.inputSize])].join("\n");
}
