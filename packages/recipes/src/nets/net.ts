import type { Shape, Tensor } from "@kindling/core";
import { Linear, Module, ReLU, Sigmoid } from "@kindling/nn";
import type { Activation } from "../config.ts";
import type { DigitNet } from "./digit-net.ts";

export interface NetOptions {
  /** What stands between two layers. Default: "relu". */
  readonly activation?: Activation;
}

/** The seed's network: `l2(relu(l1(x)))`. Shapes: x `[N, input]`, result `[N, output]`. */
export class Net extends Module implements DigitNet {
  l1: Linear;
  l2: Linear;
  relu?: ReLU;
  sigmoid?: Sigmoid;

  constructor(nInput: number, nOutput: number, nHidden: number, { activation = "relu" }: NetOptions = {}) {
    super();
    this.l1 = new Linear(nInput, nHidden);
    this.l2 = new Linear(nHidden, nOutput);
    if (activation === "relu") this.relu = new ReLU({ inplace: true });
    else this.sigmoid = new Sigmoid();
  }

  get inputSize(): Shape {
    return [this.l1.inFeatures];
  }

  override forward(x: Tensor): Tensor {
    const x1 = this.l1(x);
    const x2 = (this.relu ?? (this.sigmoid as Sigmoid))(x1);
    return this.l2(x2);
  }
}
