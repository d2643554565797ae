/**
 * Two loops in one program: one trains, the other one asks the same network, again and again, what it takes a digit for, as a
 * page does while somebody draws. `npx tsx two-loops.ts [epochs] [device]`
 *
 * Each loop opens scopes of its own. A scope owns what its own loop computes and nothing of the other's, though they take
 * turns at every `await`: no tensor vanishes under somebody's hands, and none is left over.
 */
import process from "node:process";
import {
  CrossEntropyLoss,
  DataLoader,
  device as getDevice,
  Linear,
  MNIST,
  manualSeed,
  memory,
  noGrad,
  ReLU,
  Sequential,
  SGD,
  scope,
  transforms,
} from "@kindling/kindling";

const numEpochs = Number(process.argv[2] ?? 3);
const device = await getDevice(process.argv[3] ?? "auto");

const { ToTensor, Normalize, Lambda } = transforms;
const transform = new transforms.Compose([new ToTensor(), new Normalize(0.5, 0.5), new Lambda((x) => x.view(-1))]);
const trainSet = await MNIST.load({ root: "./data", train: true, download: true, transform });
const testSet = await MNIST.load({ root: "./data", train: false, download: true, transform });

manualSeed(123);
const trainLoader = new DataLoader(trainSet, { batchSize: 500, shuffle: true });
const net = new Sequential(new Linear(784, 128), new ReLU(), new Linear(128, 10)).to(device);
const criterion = new CrossEntropyLoss();
const optimizer = new SGD(net.parameters(), { lr: 0.1 });

const before = memory().tensors;
let training = true;
const [losses, guesses] = await Promise.all([train(), ask()]);

for (const [epoch, loss] of losses.entries()) console.log(`Epoch ${epoch + 1}: loss ${loss.toFixed(5)}`);
console.log(
  `The first test image was looked at ${guesses.length} times: ${guesses[0]} at first, ${guesses.at(-1)} at last.`,
);
optimizer.zeroGrad();
console.log(`Tensors left over: ${memory().tensors - before}`);

/** Trains, and gives the mean loss of each epoch. */
async function train(): Promise<number[]> {
  const losses: number[] = [];
  for (let epoch = 0; epoch < numEpochs; epoch++) {
    let sum = 0;
    for await (const [inputs, labels] of trainLoader) {
      using _ = scope();
      optimizer.zeroGrad();
      const loss = criterion(net(inputs.to(device)), labels.to(device));
      loss.backward();
      optimizer.step();
      sum += (await loss.item()) * labels.length; // the other loop may run here
    }
    losses.push(sum / trainSet.length);
  }
  training = false;
  return losses;
}

/** What the network takes the first test image for, every few milliseconds. */
async function ask(): Promise<number[]> {
  const guesses: number[] = [];
  do {
    using _ = scope();
    const [image] = testSet.get(0);
    const scores = noGrad(() => net(image.unsqueeze(0).to(device)));
    await new Promise((resolve) => setTimeout(resolve, 5)); // the other loop runs here, and ends scopes of its own
    guesses.push(await scores.argmax(1).item());
  } while (training);
  return guesses;
}
