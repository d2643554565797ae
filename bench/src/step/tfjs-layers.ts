import * as tf from "@tensorflow/tfjs-core";
import * as tfl from "@tensorflow/tfjs-layers";
import { reportAbsent } from "../run/report.ts";
import { startTfjs } from "./start-tfjs.ts";
import { timeSteps } from "./time-steps.ts";
import { randomBatch, stepOptions, type Workload } from "./workload.ts";

// What a user of TensorFlow.js writes who wants layers: a model and `fit`. Images are NHWC there.

function modelOf({ model }: Workload): tfl.Sequential {
  const { conv2d, dense, flatten, maxPooling2d } = tfl.layers;
  const head = (input: object) => [
    dense({ units: 128, activation: "relu", ...input }),
    dense({ units: 10, activation: "softmax" }),
  ];
  const layers =
    model === "mlp"
      ? head({ inputShape: [784] })
      : [
          conv2d({ inputShape: [28, 28, 1], filters: 32, kernelSize: 3, activation: "relu" }),
          conv2d({ filters: 64, kernelSize: 3, activation: "relu" }),
          maxPooling2d({ poolSize: 2 }),
          flatten(),
          ...head({}),
        ];
  const made = tfl.sequential({ layers });
  made.compile({ optimizer: tf.train.sgd(0.01), loss: "categoricalCrossentropy" });
  return made;
}

const options = stepOptions();
const { model, batchSize, epochs, device } = options;

async function fit(net: tfl.Sequential, count: number): Promise<number> {
  const samples = count * batchSize;
  const batch = randomBatch(samples);
  const images = tf.tensor(batch.images, model === "mlp" ? [samples, 784] : [samples, 28, 28, 1]);
  const labels = tf.oneHot(tf.tensor1d(batch.labels, "int32"), 10);
  const { history } = await net.fit(images, labels, { batchSize, epochs: 1, shuffle: false, verbose: 0 });
  images.dispose();
  labels.dispose();
  return Number(history.loss?.at(-1));
}

try {
  await startTfjs(device);
  const net = modelOf(options);
  await timeSteps((count) => fit(net, count), epochs);
} catch (error) {
  reportAbsent((error instanceof Error ? error.message : String(error)).split("\n")[0] as string);
}
process.exit();
