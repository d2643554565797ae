import { manualSeed, nn, ones } from "@kindling/kindling";

/** No `await` at the top level: Vite 6 builds for browsers that lack it. */
async function main() {
  manualSeed(123);
  const layer = new nn.Linear(4, 2);
  const losses = await layer(ones([4])).toList();
  const devices = { cpu: { losses, network: String(layer), detail: "cpu" } };
  globalThis.outcome = { isolated: crossOriginIsolated, devices };
}

main();
