import type { Shape, Tensor } from "@kindling/core";
import { Linear, Module, ReLU, Sigmoid } from "@kindling/nn";
import type { DigitNet } from "./digit-net.ts";
import type { NetOptions } from "./net.ts";

/** The seed's network with another hidden layer: `l3(relu(l2(relu(l1(x)))))`. */
export class Net2 extends Module implements DigitNet {
  l1: Linear;
  l2: Linear;
  l3: Linear;
  relu?: ReLU;
  sigmoid?: Sigmoid;

  constructor(nInput: number, nOutput: number, nHidden: number, { activation = "relu" }: NetOptions = {}) {
    super();
    this.l1 = new Linear(nInput, nHidden);
    this.l2 = new Linear(nHidden, nHidden);
    this.l3 = new Linear(nHidden, nOutput);
    if (activation === "relu") this.relu = new ReLU();
    else this.sigmoid = new Sigmoid();
  }

  get inputSize(): Shape {
    return [this.l1.inFeatures];
  }

  override forward(x: Tensor): Tensor {
    const activation = this.relu ?? (this.sigmoid as Sigmoid);
    const x1 = this.l1(x);
    const x2 = activation(x1);
    const x3 = this.l2(x2);
    const x4 = activation(x3);
    return this.l3(x4);
  }
}
