import { Generator, manualSeed, rand } from "@kindling/core";
import { DataLoader, TensorDataset } from "@kindling/data";
import { CrossEntropyLoss, Linear } from "@kindling/nn";
import { SGD, StepLR } from "@kindling/optim";
import type { Callback } from "../trainer.ts";
import { Trainer } from "../trainer.ts";

/**
 * Something small to train: two classes of points, a loader that shuffles by a generator of its own, momentum, a schedule. `seed`
 * decides everything but the data.
 */
export function tinyTraining(callbacks: readonly Callback[] = [], seed = 1) {
  const points = rand([20, 2], { generator: new Generator(0) });
  const labels = points.sum(1).gt(1).to("int64");
  const set = new TensorDataset(points, labels);
  const train = new DataLoader(set, { batchSize: 6, shuffle: true, generator: new Generator(seed) });
  const val = new DataLoader(set, { batchSize: 10 });
  manualSeed(seed);
  const model = new Linear(2, 2);
  const optimizer = new SGD(model.parameters(), { lr: 0.5, momentum: 0.9 });
  const scheduler = new StepLR(optimizer, 2, { gamma: 0.5 });
  const trainer = new Trainer({ model, criterion: new CrossEntropyLoss(), optimizer, scheduler, callbacks });
  return { trainer, train, val, model, optimizer };
}
