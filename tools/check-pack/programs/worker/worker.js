import "./unhandled.js";
import "./four-cores.js";
import { wasm } from "@kindling/backends/wasm";
import { manualSeed, rand, scope } from "@kindling/core";
import { DataLoader, TensorDataset } from "@kindling/data";
import { CrossEntropyLoss, Linear, ReLU, Sequential } from "@kindling/nn";
import { Adam } from "@kindling/optim";

/** The steps of `train.ts`, with the imports of those who count kilobytes: each package by itself, and one device. */
async function main() {
  const device = await wasm();
  manualSeed(123);
  const points = rand([320, 16]);
  const labels = points.sum(1).gt(8).to("int64");
  const loader = new DataLoader(new TensorDataset(points, labels), { batchSize: 32, shuffle: true });

  const net = new Sequential(new Linear(16, 64), new ReLU(), new Linear(64, 2)).to(device);
  const criterion = new CrossEntropyLoss();
  const optimizer = new Adam(net.parameters(), { lr: 0.01 });

  const losses = [];
  for await (const [inputs, targets] of loader) {
    const loss = scope(() => {
      optimizer.zeroGrad();
      const loss = criterion(net(inputs.to(device)), targets.to(device));
      loss.backward();
      optimizer.step();
      return loss;
    });
    losses.push(await loss.item());
  }
  const devices = { wasm: { losses, network: String(net), detail: "wasm" } };
  postMessage({ isolated: crossOriginIsolated, devices });
}

main();
