import { conv2d, logSoftmax, maxPool2d, rand, type Tensor } from "@kindling/core";
import { Linear, Module, Parameter } from "@kindling/nn";

/** The network of PyTorch's MNIST example, without its dropout. Shapes: x `[N, 1, 28, 28]`, result `[N, 10]`, log-probabilities. */
export class Cnn extends Module {
  weight1 = new Parameter(uniform([32, 1, 3, 3], 1 / 3));
  bias1 = new Parameter(uniform([32], 1 / 3));
  weight2 = new Parameter(uniform([64, 32, 3, 3], 1 / Math.sqrt(288)));
  bias2 = new Parameter(uniform([64], 1 / Math.sqrt(288)));
  fc1 = new Linear(9216, 128);
  fc2 = new Linear(128, 10);

  override forward(x: Tensor): Tensor {
    const first = conv2d(x, this.weight1, this.bias1).relu();
    const second = conv2d(first, this.weight2, this.bias2).relu();
    const flat = maxPool2d(second, 2).flatten(1);
    return logSoftmax(this.fc2.forward(this.fc1.forward(flat).relu()), 1);
  }
}

function uniform(shape: readonly number[], bound: number): Tensor {
  return rand(shape)
    .mul(2 * bound)
    .sub(bound);
}
