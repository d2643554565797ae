import { cpu } from "@kindling/core";
import { RecordingDevice } from "@kindling/core/testing";
import { expect, test } from "vitest";
import { nn, optim, randn, scope, tensor } from "./index.ts";

// Every kernel costs its call, on a GPU a dispatch: a step of PyTorch's first tutorial takes few, and uploads nothing.
test("a training step of the tutorial's network is at most 25 kernels and no upload", () => {
  const device = new RecordingDevice(cpu, "recording");
  const network = new nn.Sequential(new nn.Linear(784, 128), new nn.ReLU(), new nn.Linear(128, 10)).to(device);
  const optimizer = new optim.SGD(network.parameters(), { lr: 0.01, momentum: 0.9 });
  const images = randn([4, 784]).to(device);
  const labels = tensor([3, 1, 4, 1], { dtype: "int64" }).to(device);
  const step = (): void =>
    scope(() => {
      optimizer.zeroGrad();
      nn.functional.crossEntropy(network(images), labels).backward();
      optimizer.step();
    });
  step();
  device.kernels.length = 0;
  device.uploads = 0;
  step();
  expect(device.kernels.length, device.kernels.join(" ")).toBeLessThanOrEqual(25);
  expect(device.uploads).toBe(0);
  for (const owned of [network, optimizer, images, labels]) owned.dispose();
});
