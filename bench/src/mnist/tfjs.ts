import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { contestantOptions } from "../run/contestant-options.ts";
import { report } from "../run/report.ts";
import { stopwatch } from "../run/stopwatch.ts";
import { FloatMNIST, initial } from "./float-mnist.ts";
import { registerGradients } from "./tfjs-gradients.ts";

// What a TensorFlow.js user writes.

const { root, epochs } = contestantOptions();
await registerGradients();
await tf.setBackend("wasm");
await tf.ready();

const data = new FloatMNIST(root);
const w1 = tf.variable(tf.tensor2d(initial(784, 784 * 128), [784, 128]));
const b1 = tf.variable(tf.tensor1d(initial(784, 128)));
const w2 = tf.variable(tf.tensor2d(initial(128, 128 * 10), [128, 10]));
const b2 = tf.variable(tf.tensor1d(initial(128, 10)));
const optimizer = tf.train.sgd(0.01);

function lossOf(images: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  const hidden = tf.relu(tf.add(tf.matMul(images, w1), b1));
  const logits = tf.add(tf.matMul(hidden, w2), b2);
  return tf.losses.softmaxCrossEntropy(tf.oneHot(labels, 10), logits);
}

for (let epoch = 1; epoch <= epochs; epoch++) {
  const elapsed = stopwatch();
  let [lossSum, seen] = [0, 0];
  for (const { images, labels } of data.batches(500)) {
    const loss = tf.tidy(() => {
      const inputs = tf.tensor2d(images, [labels.length, 784]);
      const { value, grads } = tf.variableGrads(() => lossOf(inputs, tf.tensor1d(labels, "int32")));
      optimizer.applyGradients(grads);
      return value;
    });
    lossSum += ((await loss.data())[0] as number) * labels.length;
    seen += labels.length;
    loss.dispose();
  }
  report({ epoch, ...elapsed(), trainLoss: lossSum / seen });
}
