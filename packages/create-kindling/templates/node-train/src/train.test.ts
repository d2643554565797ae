import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cpu, DataLoader, manualSeed, optim, randn, type Tensor, TensorDataset, tensor } from "@kindling/kindling";
import { loadFile, saveFile } from "@kindling/safetensors/node";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { Net } from "./net.ts";
import { evaluate, train } from "./train.ts";

beforeEach(() => {
  manualSeed(1);
});

/** Forty images of noise, each with a bright bar whose place says which of ten classes it is: no download, and easy to learn. */
function bars(): TensorDataset<[Tensor, Tensor]> {
  const labels = Int32Array.from({ length: 40 }, (_, i) => i % 10);
  const pixels = randn([40, 1, 28, 28]).mul(0.1).toListSync() as number[][][][];
  for (const [i, label] of labels.entries()) {
    for (const row of pixels[i]?.[0] ?? []) row.fill(1, 2 * label + 4, 2 * label + 6);
  }
  return new TensorDataset(tensor(pixels), tensor(labels, { dtype: "int64" }));
}

test("the network gives a logit for each of the ten digits", () => {
  expect(new Net()(randn([2, 1, 28, 28])).shape).toEqual([2, 10]);
});

test("training lowers the loss, and the network has learned", { timeout: 60_000 }, async () => {
  const loader = new DataLoader(bars(), { batchSize: 10, shuffle: true });
  const net = new Net();
  const optimizer = new optim.Adam(net.parameters(), { lr: 0.01 });
  const before = await evaluate(net, cpu, loader);
  for (let epoch = 0; epoch < 5; epoch++) await train(net, cpu, loader, optimizer);
  const after = await evaluate(net, cpu, loader);
  expect(after.loss).toBeLessThan(0.1 * before.loss);
  expect(after.accuracy).toBe(1);
});

test("the same seed trains the same network", async () => {
  const losses: number[] = [];
  for (let run = 0; run < 2; run++) {
    manualSeed(7);
    const loader = new DataLoader(bars(), { batchSize: 10, shuffle: true });
    const net = new Net();
    losses.push((await train(net, cpu, loader, new optim.SGD(net.parameters(), { lr: 0.01 }))).loss);
  }
  expect(losses[1]).toBe(losses[0]);
});

test("a batch counts for as many samples as it has", async () => {
  const net = new Net();
  const [whole, parts] = await Promise.all(
    [40, 15].map((batchSize) => evaluate(net, cpu, new DataLoader(bars(), { batchSize }))),
  );
  expect(parts?.accuracy).toBe(whole?.accuracy);
});

test("saved weights make another network the same", async () => {
  const folder = await mkdtemp(join(tmpdir(), "net-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [net, other] = [new Net(), new Net()];
  await saveFile(net.stateDict(), join(folder, "model.safetensors"));
  other.loadStateDict(await loadFile(join(folder, "model.safetensors")));
  const x = randn([3, 1, 28, 28]);
  expect(await other(x).toList()).toEqual(await net(x).toList());
});
