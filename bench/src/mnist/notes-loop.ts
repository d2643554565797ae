import { device } from "@kindling/backends";
import { type Device, manualSeed, noGrad, scope, type Tensor } from "@kindling/core";
import { DataLoader } from "@kindling/data";
import { MNIST } from "@kindling/datasets";
import { CrossEntropyLoss } from "@kindling/nn";
import { SGD } from "@kindling/optim";
import { mnistTransform, Net } from "@kindling/recipes";
import { contestantOptions } from "../run/contestant-options.ts";
import { type Span, stopwatch } from "../run/stopwatch.ts";

type Loader = DataLoader<[Tensor, number]>;

/** What a pass came to. */
interface Pass {
  readonly loss: number;
  readonly acc: number;
}

export interface TimedEpoch {
  readonly epoch: number;
  /** Of the training alone. */
  readonly span: Span;
  readonly train: Pass;
  readonly val: Pass;
}

/** The seed's program with its loop written by hand, seed 123; yields after each epoch. */
export async function* notesLoop(): AsyncGenerator<TimedEpoch> {
  const { root, device: name, epochs, ...options } = contestantOptions();
  const target = await device(name, options);
  const transform = mnistTransform();
  const trainSet = await MNIST.load({ root, train: true, transform });
  const testSet = await MNIST.load({ root, train: false, transform });

  manualSeed(123);
  const trainLoader = new DataLoader(trainSet, { batchSize: 500, shuffle: true });
  const testLoader = new DataLoader(testSet, { batchSize: 500, shuffle: false });
  const net = new Net(784, 10, 128);
  net.to(target);

  const optimizer = new SGD(net.parameters(), { lr: 0.01 });
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const elapsed = stopwatch();
    const train = await trainOn(trainLoader, net, optimizer, target);
    const span = elapsed();
    const val = await evaluateOn(testLoader, net, target);
    yield { epoch, span, train, val };
  }
}

async function trainOn(loader: Loader, net: Net, optimizer: SGD, target: Device): Promise<Pass> {
  const criterion = new CrossEntropyLoss();
  let [lossSum, correct, seen] = [0, 0, 0];
  for await (const [images, targets] of loader) {
    using _ = scope();
    const [inputs, labels] = [images.to(target), targets.to(target)];
    optimizer.zeroGrad();
    const outputs = net(inputs);
    const loss = criterion(outputs, labels);
    loss.backward();
    optimizer.step();
    const hits = outputs.argmax(1).eq(labels).sum();
    lossSum += (await loss.item()) * labels.length;
    correct += await hits.item();
    seen += labels.length;
  }
  return { loss: lossSum / seen, acc: correct / seen };
}

async function evaluateOn(loader: Loader, net: Net, target: Device): Promise<Pass> {
  const criterion = new CrossEntropyLoss();
  let [lossSum, correct, seen] = [0, 0, 0];
  for await (const [images, targets] of loader) {
    using _ = scope();
    const labels = targets.to(target);
    const [loss, hits] = noGrad(() => {
      const outputs = net(images.to(target));
      return [criterion(outputs, labels), outputs.argmax(1).eq(labels).sum()] as const;
    });
    lossSum += (await loss.item()) * labels.length;
    correct += await hits.item();
    seen += labels.length;
  }
  return { loss: lossSum / seen, acc: correct / seen };
}
