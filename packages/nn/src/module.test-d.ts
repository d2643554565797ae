import type { Tensor } from "@kindling/core";
import { CrossEntropyLoss, Dropout, type Layer, Linear, Module, ModuleList, ReLU, Sequential } from "./index.ts";

// Read by the type checker only: what a call takes and gives, and what it must refuse.

declare const x: Tensor;

class Net extends Module {
  override name = "net";
  l1 = new Linear(4, 5);
  act: Module;

  constructor(act: Module = new ReLU()) {
    super();
    this.act = act;
  }

  override forward(x: Tensor, scale = 1): Tensor {
    return this.act(this.l1(x)).mul(scale);
  }
}

class Recurrent extends Module {
  override forward(x: Tensor, state?: [Tensor, Tensor]): [Tensor, [Tensor, Tensor]] {
    return [x, state ?? [x, x]];
  }
}

class Scores extends Module {
  override forward({ images, mask }: { images: Tensor; mask?: Tensor }, _options: { temperature?: number } = {}) {
    return { scores: mask === undefined ? images : images.mul(mask), count: 1 };
  }
}

/** A module around another keeps the types of its call. */
class Wrapped<Inner extends Module> extends Module {
  readonly inner: Inner;

  constructor(inner: Inner) {
    super();
    this.inner = inner;
  }

  override forward(...inputs: Parameters<Inner["forward"]>): ReturnType<Inner["forward"]> {
    return this.inner(...inputs);
  }
}

const net = new Net();
const plain: Tensor = net(x);
const scaled: Tensor = net(x, 2);
const loss: Tensor = new CrossEntropyLoss()(net(x), x);
const [output, [hidden]] = new Recurrent()(x, [x, x]);
const { scores, count } = new Scores()({ images: x }, { temperature: 2 });
const wrapped: [Tensor, [Tensor, Tensor]] = new Wrapped(new Recurrent())(x);
const asFunction: (x: Tensor) => Tensor = net;

// @ts-expect-error Argument of type 'number' is not assignable to parameter of type 'Tensor'
net(3);
// @ts-expect-error Expected 1-2 arguments, but got 0
net();
// @ts-expect-error Expected 1-2 arguments, but got 3
net(x, 1, 2);
// @ts-expect-error a tensor is no state
new Recurrent()(x, x);
// @ts-expect-error 'image' does not exist. Did you mean to write 'images'?
new Scores()({ image: x });
// @ts-expect-error a loss takes two tensors
new CrossEntropyLoss()(x);
// @ts-expect-error a tensor is no number
const wrong: number = net(x);

// A module that may be any takes and gives whatever it likes.
const modules: Module[] = [net, new Recurrent(), new Scores(), new ModuleList([net])];
const given: Tensor = (modules[0] as Module)(x, "anything");

// A chain passes one tensor on.
const chain = new Sequential(net, new Dropout(0.5), modules[0] as Module);
const layers: Layer[] = [...chain];
const chained: Tensor = chain(x);
const first = chain.at(0)(x).relu();
// @ts-expect-error it gives a tuple
new Sequential(new Recurrent());
// @ts-expect-error it takes two tensors
new Sequential(new CrossEntropyLoss());

const blocks = new ModuleList<Recurrent>([new Recurrent()]);
for (const block of blocks) block(x, [x, x])[1][0].relu();

net.registerForwardHook((module, [input, factor], result) => {
  module.l1.weight.add(factor ?? 1);
  return result.add(input);
});
net.registerForwardPreHook((_, [input]) => [input, 2]);
net.registerForwardPreHook((_, [input]) => input.relu());
// @ts-expect-error a hook gives what forward gives
net.registerForwardHook(() => 3);
new Recurrent().registerForwardHook((_, [, state], [, [h]]) => {
  state?.[0].add(h);
});

export const used = [plain, scaled, loss, output, hidden, scores, count, wrapped, asFunction, wrong, given];
export const more = [layers, chained, first];
