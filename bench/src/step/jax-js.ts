import { defaultDevice, init, jit, lax, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { initial } from "../mnist/float-mnist.ts";
import { reportAbsent } from "../run/report.ts";
import { timeSteps } from "./time-steps.ts";
import { randomBatch, stepOptions, type Workload } from "./workload.ts";

// What a jax-js user writes: the whole step jitted.

type Params = Record<string, np.Array>;

const MLP = { fc1: [784, 128], fc2: [128, 10] };
const CNN = { conv1: [32, 1, 3, 3], conv2: [64, 32, 3, 3], fc1: [9216, 128], fc2: [128, 10] };

function draw({ model }: Workload): Params {
  const params: Params = {};
  for (const [name, shape] of Object.entries(model === "mlp" ? MLP : CNN)) {
    const isDense = shape.length === 2;
    const fanIn = isDense ? (shape[0] as number) : shape.slice(1).reduce((a, b) => a * b);
    const count = shape.reduce((a, b) => a * b);
    const [outputs] = isDense ? shape.slice(1) : shape;
    params[`${name}W`] = np.array(initial(fanIn, count)).reshape(shape);
    params[`${name}B`] = np.array(initial(fanIn, outputs as number)).reshape(isDense ? [-1] : [1, -1, 1, 1]);
  }
  return params;
}

function scoresOf({ model }: Workload, p: Params, images: np.Array): np.Array {
  const of = (name: string): np.Array => p[name] as np.Array;
  let x = images;
  if (model === "cnn") {
    x = nn.relu(lax.conv(x, of("conv1W"), [1, 1], "VALID").add(of("conv1B")));
    x = nn.relu(lax.conv(x, of("conv2W"), [1, 1], "VALID").add(of("conv2B")));
    x = np.max(x.reshape([-1, 64, 12, 2, 12, 2]), [3, 5]).reshape([-1, 9216]);
  }
  const hidden = nn.relu(np.dot(x, of("fc1W")).add(of("fc1B")));
  return np.dot(hidden, of("fc2W")).add(of("fc2B"));
}

const options = stepOptions();
const { model, batchSize, epochs } = options;

async function main(): Promise<void> {
  await init("wasm");
  defaultDevice("wasm");
  const batch = randomBatch(batchSize);
  const images = np.array(batch.images).reshape(model === "mlp" ? [batchSize, 784] : [batchSize, 1, 28, 28]);
  const labels = np.array(batch.labels);
  const lossOf = (p: Params, x: np.Array, targets: np.Array): np.Array =>
    nn
      .logSoftmax(scoresOf(options, p, x), -1)
      .mul(targets)
      .sum(-1)
      .mean()
      .neg();
  const step = jit((before: Params, x: np.Array, y: np.Array) => {
    const [loss, grads] = valueAndGrad(lossOf)(tree.ref(before), x, nn.oneHot(y, 10));
    return [tree.map((p: np.Array, g: np.Array) => p.sub(g.mul(0.01)), before, grads), loss] as [Params, np.Array];
  });

  let params = draw(options);
  await timeSteps(async (count) => {
    let last = Number.NaN;
    for (let i = 0; i < count; i++) {
      const [after, loss] = step(params, images.ref, labels.ref);
      params = after;
      last = (await loss.data())[0] as number;
    }
    return last;
  }, epochs);
}

await main().catch((error: unknown) => reportAbsent(error instanceof Error ? error.message : String(error)));
process.exit();
