import type { Shape, Tensor } from "@kindling/core";
import { Conv2d, Dropout, functional as F, Linear, Module } from "@kindling/nn";
import type { DigitNet } from "./digit-net.ts";

export interface ConvNetOptions {
  /** Whether to drop anything in training. Default: true. */
  readonly dropout?: boolean;
}

/**
 * The network of PyTorch's MNIST example: two convolutions, max pooling, two linear layers, dropout before each of those.
 * Shapes: x `[N, 1, 28, 28]`, result `[N, nOutput]`. The `logSoftmax` at its end is left to `CrossEntropyLoss`, which is it and `NLLLoss`.
 *
 * @see https://github.com/pytorch/examples/blob/main/mnist/main.py
 */
export class ConvNet extends Module implements DigitNet {
  conv1 = new Conv2d(1, 32, 3);
  conv2 = new Conv2d(32, 64, 3);
  dropout1: Dropout;
  dropout2: Dropout;
  fc1 = new Linear(9216, 128);
  fc2: Linear;

  constructor(nOutput: number, { dropout = true }: ConvNetOptions = {}) {
    super();
    this.dropout1 = new Dropout(dropout ? 0.25 : 0);
    this.dropout2 = new Dropout(dropout ? 0.5 : 0);
    this.fc2 = new Linear(128, nOutput);
  }

  get inputSize(): Shape {
    return [1, 28, 28];
  }

  override forward(x: Tensor): Tensor {
    const x1 = F.relu(this.conv1(x)); // [N, 32, 26, 26]
    const x2 = F.relu(this.conv2(x1)); // [N, 64, 24, 24]
    const x3 = this.dropout1(F.maxPool2d(x2, 2)).flatten(1); // [N, 9216]
    const x4 = F.relu(this.fc1(x3));
    return this.fc2(this.dropout2(x4));
  }
}
