import {
  DataLoader,
  type Device,
  device,
  manualSeed,
  nn,
  optim,
  rand,
  randomSplit,
  scope,
  type Tensor,
  TensorDataset,
  Trainer,
} from "@kindling/kindling";

/** A network of one's own, trained by a loop with `using` and by a Trainer: the declarations that a program meets first. */
class Net extends nn.Module {
  l1 = new nn.Linear(4, 8);
  l2 = new nn.Linear(8, 2);

  override forward(x: Tensor): Tensor {
    return this.l2(this.l1(x).relu());
  }
}

export async function main(): Promise<number> {
  manualSeed(1);
  const on: Device = await device("cpu");
  const points = rand([100, 4]);
  const set = new TensorDataset(points, points.sum(1).gt(2).to("int64"));
  const [trainSet, valSet] = randomSplit(set, [0.8, 0.2]);
  const trainLoader = new DataLoader(trainSet, { batchSize: 10, shuffle: true });
  const valLoader = new DataLoader(valSet, { batchSize: 20 });

  const model = new Net().to(on);
  const criterion = new nn.CrossEntropyLoss();
  const optimizer = new optim.SGD(model.parameters(), { lr: 0.1, momentum: 0.9 });
  let sum = 0;
  for await (const [inputs, labels] of trainLoader) {
    using _ = scope();
    optimizer.zeroGrad();
    const loss = criterion(model(inputs), labels);
    loss.backward();
    optimizer.step();
    sum += await loss.item();
  }

  const trainer = new Trainer({ model, criterion, optimizer });
  const history = await trainer.fit(trainLoader, valLoader, { epochs: 2 });
  const { loss, acc } = await trainer.evaluate(valLoader);
  return sum + loss + (acc ?? 0) + (history.at(-1)?.valLoss ?? 0);
}
