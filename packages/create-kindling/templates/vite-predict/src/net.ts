import type { Tensor } from "@kindling/core";
import { Conv2d, functional as F, Linear, Module } from "@kindling/nn";

/** A small CNN for digits: 9,098 parameters. Shapes: x `[N, 1, 28, 28]`, result `[N, 10]`, the logits of the ten digits. */
export class Net extends Module {
  conv1 = new Conv2d(1, 8, 3, { padding: 1 });
  conv2 = new Conv2d(8, 16, 3, { padding: 1 });
  fc = new Linear(16 * 7 * 7, 10);

  override forward(x: Tensor): Tensor {
    const x1 = F.maxPool2d(F.relu(this.conv1(x)), 2); // [N, 8, 14, 14]
    const x2 = F.maxPool2d(F.relu(this.conv2(x1)), 2); // [N, 16, 7, 7]
    return this.fc(x2.flatten(1));
  }
}
