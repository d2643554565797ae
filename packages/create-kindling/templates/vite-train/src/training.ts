import { type Device, fromBuffer, noGrad, scope, type Tensor } from "@kindling/core";
import { DataLoader, type Dataset } from "@kindling/data";
import { CrossEntropyLoss, functional as F, type Module } from "@kindling/nn";
import { Adam, type Optimizer } from "@kindling/optim";
import { tqdm } from "@kindling/tqdm";

/** Images as bytes, `[1, 28, 28]`, and their labels. */
export type Digits = Dataset<[image: Tensor, label: Tensor]>;

export interface TrainingOptions {
  readonly net: Module;
  readonly device: Device;
  readonly trainSet: Digits;
  readonly testSet: Digits;
  readonly epochs: number;
  readonly batchSize?: number;
  readonly lr?: number;
  /** Ends the training after the running step. */
  readonly signal?: AbortSignal;
  onStep?(step: { readonly loss: number; readonly done: number; readonly bar: string }): void;
  onEpoch?(epoch: { readonly epoch: number; readonly loss: number; readonly accuracy: number }): void;
}

const criterion = new CrossEntropyLoss();

/** Trains a network, and measures it on the test set after each epoch. */
export async function train(options: TrainingOptions): Promise<void> {
  const { net, device, trainSet, testSet, epochs, batchSize = 64, lr = 0.002, signal, onStep, onEpoch } = options;
  const loader = new DataLoader(trainSet, { batchSize, shuffle: true });
  const optimizer = new Adam(net.parameters(), { lr });
  let steps = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    let total = 0;
    let bar = "";
    // tqdm draws in a terminal; in a page it reports its line instead.
    const batches = tqdm(loader, {
      desc: `Epoch ${epoch}/${epochs}`,
      file: null,
      onUpdate: ({ text }) => {
        bar = text;
      },
    });
    for await (const [images, labels] of batches) {
      if (signal?.aborted) return optimizer.dispose();
      const loss = await trainStep(net, device, optimizer, images, labels);
      total += loss * labels.length;
      steps += 1;
      onStep?.({ loss, done: steps / (epochs * loader.length), bar });
    }
    onEpoch?.({ epoch, loss: total / trainSet.length, accuracy: await accuracyOf(net, device, testSet) });
  }
  optimizer.dispose();
}

/** One step of the optimizer. Resolves to the loss of the batch before it. */
export function trainStep(
  net: Module,
  device: Device,
  optimizer: Optimizer,
  images: Tensor,
  labels: Tensor,
): Promise<number> {
  // Everything computed in the scope is freed once the loss has been read.
  return scope(() => {
    net.train();
    optimizer.zeroGrad();
    const loss = criterion(net(normalize(images.to(device))), labels.to(device));
    loss.backward();
    optimizer.step();
    return loss.item();
  });
}

/** The share of a set's images that the network reads correctly. */
export async function accuracyOf(net: Module, device: Device, set: Digits): Promise<number> {
  let correct = 0;
  for await (const [images, labels] of new DataLoader(set, { batchSize: 250 })) {
    correct += await scope(() => {
      net.eval();
      const output = noGrad(() => net(normalize(images.to(device))));
      return output.argmax(1).eq(labels.to(device)).sum().item();
    });
  }
  return correct / set.length;
}

/** The probabilities of the digits 0 to 9, for an image of 28 x 28 bytes. */
export function classify(net: Module, device: Device, image: Uint8Array): Promise<number[]> {
  return scope(async () => {
    net.eval();
    const x = normalize(fromBuffer(image, [1, 1, 28, 28]).to(device));
    const probabilities = noGrad(() => F.softmax(net(x), 1));
    return Array.from(await probabilities.toTypedArray());
  });
}

/** Bytes as floats around 0: the mean and the standard deviation are those of MNIST's pixels. */
function normalize(images: Tensor): Tensor {
  return images.to("float32").div(255).sub(0.1307).div(0.3081);
}
