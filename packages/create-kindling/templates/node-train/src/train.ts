import { type Device, nn, noGrad, type optim, scope, type Tensor } from "@kindling/kindling";

/** Batches of images and labels: a `DataLoader`, or `tqdm` around one. */
export type Batches = AsyncIterable<readonly [images: Tensor, labels: Tensor]>;

/** Means over the samples of all batches. */
export interface Result {
  readonly loss: number;
  readonly accuracy: number;
}

const criterion = new nn.CrossEntropyLoss();

/** One pass over the training set, with an optimizer step for each batch. */
export async function train(
  net: nn.Module,
  device: Device,
  batches: Batches,
  optimizer: optim.Optimizer,
): Promise<Result> {
  net.train();
  const total = new Total();
  for await (const [images, labels] of batches) {
    using _ = scope(); // everything computed below is freed at the end of the block
    const [x, y] = [images.to(device), labels.to(device)];

    optimizer.zeroGrad();
    const output = net(x);
    const loss = criterion(output, y);
    loss.backward();
    optimizer.step();

    await total.add(output, y, loss);
  }
  return total.mean();
}

/** Loss and accuracy over a test set. Nothing is learned. */
export async function evaluate(net: nn.Module, device: Device, batches: Batches): Promise<Result> {
  net.eval();
  const total = new Total();
  for await (const [images, labels] of batches) {
    using _ = scope();
    const [x, y] = [images.to(device), labels.to(device)];
    const output = noGrad(() => net(x));
    await total.add(output, y, criterion(output, y));
  }
  return total.mean();
}

/** Sums over batches. The last batch may be smaller, so each counts for as many samples as it has. */
class Total {
  #samples = 0;
  #loss = 0;
  #correct = 0;

  async add(output: Tensor, labels: Tensor, loss: Tensor): Promise<void> {
    this.#samples += labels.length;
    this.#loss += (await loss.item()) * labels.length;
    this.#correct += await output.argmax(1).eq(labels).sum().item();
  }

  mean(): Result {
    return { loss: this.#loss / this.#samples, accuracy: this.#correct / this.#samples };
  }
}
