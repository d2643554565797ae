import process from "node:process";
import {
  DataLoader,
  datasets,
  device as getDevice,
  manualSeed,
  nn,
  optim,
  Subset,
  tqdm,
  transforms,
} from "@kindling/kindling";
import { saveFile } from "@kindling/safetensors/node";
import { Net } from "./net.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import { evaluate, train } from "./train.ts";

const options = readOptions(process.argv.slice(2));
if (options === null) console.log(USAGE);
else await main(options).catch(explain);

/** A download that failed says why, mirror by mirror; anything else is an error of the program, with its stack. */
function explain(error: unknown): void {
  if (!(error instanceof datasets.DownloadError)) throw error;
  console.error(`${error.message}\nAnother mirror: npm start -- --mirror URL`);
  process.exitCode = 1;
}

async function main({ seed, batchSize, lr, epochs, dryRun, output, ...options }: Options): Promise<void> {
  manualSeed(seed);
  const device = await getDevice(options.device);
  console.log(`Using device: ${device.name}`);

  const transform = new transforms.Compose([new transforms.ToTensor(), new transforms.Normalize(0.1307, 0.3081)]);
  const mirrors = [...(options.mirror === undefined ? [] : [options.mirror]), ...datasets.MNIST.mirrors];
  const load = (train: boolean) =>
    datasets.MNIST.load({ root: options.data, train, download: true, transform, mirrors });
  const [trainSet, testSet] = [await load(true), await load(false)];
  const tenBatches = Array.from({ length: Math.min(10 * batchSize, testSet.length) }, (_, i) => i);
  const trainLoader = new DataLoader(dryRun ? new Subset(trainSet, tenBatches) : trainSet, {
    batchSize,
    shuffle: true,
  });
  const testLoader = new DataLoader(dryRun ? new Subset(testSet, tenBatches) : testSet, { batchSize: 1000 });

  const net = new Net().to(device);
  console.log(String(nn.summary(net, [batchSize, 1, 28, 28])));
  const optimizer = new optim.Adam(net.parameters(), { lr });

  for (let epoch = 1; epoch <= (dryRun ? 1 : epochs); epoch++) {
    const trained = await train(net, device, tqdm(trainLoader, { desc: `Epoch ${epoch}` }), optimizer);
    const tested = await evaluate(net, device, testLoader);
    console.log(
      `Epoch ${epoch}: train loss ${trained.loss.toFixed(4)}, accuracy ${trained.accuracy.toFixed(4)};`,
      `test loss ${tested.loss.toFixed(4)}, accuracy ${tested.accuracy.toFixed(4)}`,
    );
  }

  await saveFile(net.stateDict(), output);
  console.log(`Saved ${output}`);
}
