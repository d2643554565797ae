import { availability, device as openDevice } from "@kindling/backends";
import { type Device, fromBuffer, scope, tensor } from "@kindling/core";
import { CrossEntropyLoss } from "@kindling/nn";
import { SGD } from "@kindling/optim";
import { ConvNet, Net } from "@kindling/recipes";
import { reportAbsent } from "../run/report.ts";
import { largeProductSpeed } from "./large-product.ts";
import { timeSteps } from "./time-steps.ts";
import { randomBatch, stepOptions, type Workload } from "./workload.ts";

// What a Kindling user writes.

function trainer({ model, batchSize }: Workload, target: Device): (count: number) => Promise<number> {
  const net = model === "mlp" ? new Net(784, 10, 128) : new ConvNet(10, { dropout: false });
  net.to(target);
  const criterion = new CrossEntropyLoss();
  const optimizer = new SGD(net.parameters(), { lr: 0.01 });
  const batch = randomBatch(batchSize);
  const shape = model === "mlp" ? [batchSize, 784] : [batchSize, 1, 28, 28];
  const inputs = fromBuffer(batch.images, shape).to(target);
  const labels = tensor(batch.labels, { dtype: "int64" }).to(target);

  return async (count) => {
    let last = Number.NaN;
    for (let i = 0; i < count; i++) {
      using _ = scope();
      optimizer.zeroGrad();
      const loss = criterion(net(inputs), labels);
      loss.backward();
      optimizer.step();
      last = await loss.item();
    }
    return last;
  };
}

const { device: name, epochs, model, batchSize, ...starting } = stepOptions();
const { available, detail } = await availability(name, starting);
if (available) {
  const target = await openDevice(name, starting);
  await timeSteps(trainer({ model, batchSize }, target), epochs, () => largeProductSpeed(target));
} else reportAbsent(detail);
// Some devices keep threads that would keep the process.
process.exit();
