import { defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { contestantOptions } from "../run/contestant-options.ts";
import { report } from "../run/report.ts";
import { stopwatch } from "../run/stopwatch.ts";
import { FloatMNIST, initial } from "./float-mnist.ts";

// What a jax-js user writes: the whole step jitted.

type Params = { w1: np.Array; b1: np.Array; w2: np.Array; b2: np.Array };

const { root, epochs } = contestantOptions();
await init("wasm");
defaultDevice("wasm");

const data = new FloatMNIST(root);
let params: Params = {
  w1: np.array(initial(784, 784 * 128)).reshape([784, 128]),
  b1: np.array(initial(784, 128)),
  w2: np.array(initial(128, 128 * 10)).reshape([128, 10]),
  b2: np.array(initial(128, 10)),
};

function lossOf({ w1, b1, w2, b2 }: Params, images: np.Array, targets: np.Array): np.Array {
  const hidden = nn.relu(np.dot(images, w1).add(b1));
  const logits = np.dot(hidden, w2).add(b2);
  return nn.logSoftmax(logits, -1).mul(targets).sum(-1).mean().neg();
}

const step = jit((before: Params, images: np.Array, labels: np.Array) => {
  const [loss, grads] = valueAndGrad(lossOf)(tree.ref(before), images, nn.oneHot(labels, 10));
  const after = tree.map((p: np.Array, g: np.Array) => p.sub(g.mul(0.01)), before, grads);
  return [after, loss] as [Params, np.Array];
});

for (let epoch = 1; epoch <= epochs; epoch++) {
  const elapsed = stopwatch();
  let [lossSum, seen] = [0, 0];
  for (const { images, labels } of data.batches(500)) {
    const [after, loss] = step(params, np.array(images).reshape([labels.length, 784]), np.array(labels));
    params = after;
    lossSum += ((await loss.data())[0] as number) * labels.length;
    seen += labels.length;
  }
  report({ epoch, ...elapsed(), trainLoss: lossSum / seen });
}
