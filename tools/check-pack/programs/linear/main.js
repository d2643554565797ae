import { manualSeed, nn, ones } from "@kindling/kindling";

manualSeed(123);
const layer = new nn.Linear(4, 2);
const losses = await layer.forward(ones([4])).toList();
globalThis.outcome = {
  isolated: crossOriginIsolated,
  devices: { cpu: { losses, network: String(layer), detail: "cpu" } },
};
