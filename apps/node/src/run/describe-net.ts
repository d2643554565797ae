import { type Module, summary } from "@kindling/nn";

/** What the notes print of a network: itself, its parameters, its summary for a batch of images. */
export function describeNet(net: Module, batchSize: number): string {
  const parameters = Array.from(net.namedParameters(), ([name, parameter]) => `('${name}', ${parameter})`);
  const { l1 } = net as Module & { l1: { inFeatures: number } };
  return [net, ...parameters, summary(net, [batchSize, l1.inFeatures])].join("\n");
}
