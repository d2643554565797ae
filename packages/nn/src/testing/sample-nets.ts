import { ones, type Tensor, tensor, zeros } from "@kindling/core";
import {
  AdaptiveAvgPool2d,
  BatchNorm2d,
  Buffer,
  Conv1d,
  Conv2d,
  ConvTranspose2d,
  Dropout,
  Dropout2d,
  Embedding,
  Flatten,
  GELU,
  GroupNorm,
  LayerNorm,
  LeakyReLU,
  Linear,
  MaxPool2d,
  Module,
  ModuleList,
  Parameter,
  ReLU,
  Sequential,
} from "../index.ts";

/** The network of the MNIST notes. */
export class Net extends Module {
  l1: Linear;
  l2: Linear;
  relu = new ReLU({ inplace: true });

  constructor(inputs: number, outputs: number, hidden: number) {
    super();
    this.l1 = new Linear(inputs, hidden);
    this.l2 = new Linear(hidden, outputs);
  }

  override forward(x: Tensor): Tensor {
    return this.l2(this.relu(this.l1(x)));
  }
}

/** Its deeper sister. */
export class Net2 extends Module {
  l1: Linear;
  l2: Linear;
  l3: Linear;
  relu = new ReLU();

  constructor(inputs: number, outputs: number, hidden: number) {
    super();
    this.l1 = new Linear(inputs, hidden);
    this.l2 = new Linear(hidden, hidden);
    this.l3 = new Linear(hidden, outputs);
  }

  override forward(x: Tensor): Tensor {
    return this.l3(this.relu(this.l2(this.relu(this.l1(x)))));
  }
}

/** One of everything that a module can hold. */
export class Branches extends Module {
  scale = new Parameter(ones([2]));
  steps = new Buffer(tensor(0));
  scratch = new Buffer(zeros([2]), { persistent: false });
  first = new Linear(2, 3);
  layers = new ModuleList([new Linear(3, 3), new Linear(3, 3), new ReLU()]);
  shared = this.first;
  nothing = null;
  head = new Sequential(new Dropout(0.1), new Linear(3, 1, { bias: false }));

  override forward(x: Tensor): Tensor {
    let y = this.first(x.mul(this.scale));
    for (const layer of this.layers) y = layer(y);
    return this.head(y);
  }
}

/** The same layer two times, and parameters of its own. */
export class Twice extends Module {
  shift = new Parameter(zeros([4]));
  layer = new Linear(4, 4);
  body = new Sequential(new Linear(4, 4), new Sequential(new ReLU(), new Linear(4, 2)));

  override forward(x: Tensor): Tensor {
    return this.body(this.layer(this.layer(x.add(this.shift))));
  }
}

/** A stack of layers within layers, and a parameter beside them. */
class Block extends Module {
  body = new Sequential(
    new Linear(8, 8),
    new ReLU(),
    new Sequential(new Linear(8, 8), new Sequential(new Linear(8, 8))),
  );
  scale = new Parameter(ones([8]));

  override forward(x: Tensor): Tensor {
    return this.body(x).mul(this.scale);
  }
}

/** Blocks in a list, one of them frozen, a layer used twice, and one never. */
export class Deep extends Module {
  blocks = new ModuleList([new Block(), new Block()]);
  shared = new Linear(8, 8);
  unused = new Linear(3, 3);

  constructor() {
    super();
    this.blocks.at(1).requiresGrad_(false);
  }

  override forward(x: Tensor): Tensor {
    let y = x;
    for (const block of this.blocks) y = this.shared(block(y));
    return y;
  }
}

/** Images through one of each kind of layer that they need. */
export function images(): Sequential {
  return new Sequential(
    new Conv2d(1, 6, [3, 5], { stride: 2, padding: 1 }),
    new BatchNorm2d(6),
    new LeakyReLU(0.1),
    new MaxPool2d(2),
    new Conv2d(6, 4, 3, { groups: 2, bias: false }),
    new GroupNorm(2, 4),
    new Dropout2d(0.2),
    new ConvTranspose2d(4, 2, 2, { stride: 2 }),
    new AdaptiveAvgPool2d(3),
    new Flatten(),
    new LayerNorm(18),
    new Linear(18, 5),
  );
}

/** Three words at a time, whole numbers. */
export function words(): Sequential {
  return new Sequential(new Embedding(7, 4), new Conv1d(3, 2, 3), new GELU());
}

/** Images through a plain stack of layers. */
export function flat(): Sequential {
  return new Sequential(new Flatten(), new Linear(784, 128), new ReLU(), new Dropout(0.2), new Linear(128, 10));
}
