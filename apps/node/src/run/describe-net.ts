import { summary } from "@kindling/nn";
import type { DigitNet } from "@kindling/recipes";
import type { RunConfig } from "./run-config.ts";

/** What the notes print of a network: itself, its parameters, its summary for a batch of images. */
export function describeNet(net: DigitNet, batchSize: number): string {
  const parameters = Array.from(net.namedParameters(), ([name, parameter]) => `('${name}', ${parameter})`);
  return [net, ...parameters, summary(net, [batchSize, ...net.inputSize])].join("\n");
}

/** A network in a few lines: its layers, how many parameters they have, and how they will be trained. */
export function outlineNet(net: DigitNet, { optimizer, lr, batchSize }: RunConfig): string {
  const count = [...net.parameters()].reduce((sum, parameter) => sum + parameter.numel(), 0);
  return `${net}\n${count.toLocaleString("en-US")} parameters, trained by ${optimizer} with lr ${lr}, ${batchSize} images a step`;
}
