/**
 * The program of the notes, by hand: its data, its network, its loop. `npx tsx mnist-from-the-notes.ts [epochs]`
 *
 * It reads like the PyTorch program line by line, and prints the numbers that PyTorch prints from the same seed.
 *
 * What the notes' code has wrong, and what stands here instead:
 *
 *  1. `nn.CrossEntropy()` is not there: `nn.CrossEntropyLoss()`.
 *  2. `outputs = outputs.to(device)` and `outputs_test = outputs_test.to(device)` move what is not computed yet; it is the
 *     labels that have to be moved.
 *  3. `loss.backwards()` is `loss.backward()`.
 *  4. `n_train, n_loss = 0,0` leaves `n_test`, which the validation loop adds to, without a beginning.
 *  5. `n_test += len(labels)` and `predicted_test == labels` take the last training batch's labels; `labels_test` is meant.
 *  6. `.sum.item()` lacks the call: `.sum().item()`.
 *  7. `{num_epochs]` in the f-string ends with the wrong bracket.
 *  8. `train_loss += loss.item()` adds up means of batches: the sum grows with their number. Here each counts as often as it
 *     has samples, and the sum is divided by all of them: a mean over samples, whatever the batch size.
 *  9. The validation loop calls `optimizer.zero_grad()`, which it has no use for, and records a graph for every batch, which
 *     nobody walks: `torch.no_grad()` is what it wants.
 * 10. `n_output = len(set(labels))` counts the digits that one batch happens to hold, and neither `image` nor `labels` is
 *     defined before: the data set knows its classes.
 * 11. `Net2.__init__` lacks `self`; its `forward` says `relu` for `self.relu`, `self.12` and `self.13` (digits) for
 *     `self.l2` and `self.l3`, and hands `x5` to the layer that is to give it, for `x4`. See `Net2` in `@kindling/recipes`.
 * 12. `print(summary(net, (784,)))` prints twice what `summary` has printed already, of an input without its batch.
 * 13. `is_positive: bool = lambda x: x>0` annotates a function as a bool.
 * 14. `lambda: condition1 and value1 or value2` gives `value2` whenever `value1` counts as false, such as 0: `a if c else b` is right.
 * 15. Of `history = np.zeros((0,5))` the five are columns, not rows; a row is an epoch.
 */
import process from "node:process";
import {
  DataLoader,
  datasets,
  device as getDevice,
  manualSeed,
  nn,
  noGrad,
  optim,
  scope,
  type Tensor,
  tqdm,
  transforms,
} from "@kindling/kindling";

manualSeed(123);

const device = await getDevice("auto");
console.log(`Using device: ${device.name}`);

// 1. Data

const dataRoot = "./data";

const transform = new transforms.Compose([
  // to a tensor
  new transforms.ToTensor(),
  // to (-1, 1)
  new transforms.Normalize(0.5, 0.5),
  // to one dimension
  new transforms.Lambda((x) => x.view(-1)),
]);

const trainSet = await datasets.MNIST.load({ root: dataRoot, train: true, download: true, transform, timeout: 5000 });
const testSet = await datasets.MNIST.load({ root: dataRoot, train: false, download: true, transform, timeout: 5000 });

const batchSize = 500;

const trainLoader = new DataLoader(trainSet, { batchSize, shuffle: true });
const testLoader = new DataLoader(testSet, { batchSize, shuffle: false });

// 2. Model

const [image] = trainSet.get(0);
const nInput = image.shape[0] as number;
const nOutput = trainSet.classes.length;
const nHidden = 128;

class Net extends nn.Module {
  l1: nn.Linear;
  l2: nn.Linear;
  relu: nn.ReLU;

  constructor(nInput: number, nOutput: number, nHidden: number) {
    super();
    this.l1 = new nn.Linear(nInput, nHidden);
    this.l2 = new nn.Linear(nHidden, nOutput);
    this.relu = new nn.ReLU({ inplace: true });
  }

  override forward(x: Tensor): Tensor {
    const x1 = this.l1(x);
    const x2 = this.relu(x1);
    const x3 = this.l2(x2);
    return x3;
  }
}

const net = new Net(nInput, nOutput, nHidden).to(device);
console.log(String(net));
console.log(String(nn.summary(net, [batchSize, nInput])));

const criterion = new nn.CrossEntropyLoss();

const lr = 0.01;
const optimizer = new optim.SGD(net.parameters(), { lr });

const numEpochs = Number(process.argv[2] ?? 100);

const history: number[][] = [];

// 3. Training

for (let epoch = 0; epoch < numEpochs; epoch++) {
  let [nTrain, trainCorrect, trainLoss] = [0, 0, 0];
  let [nTest, valCorrect, valLoss] = [0, 0, 0];

  for await (const [inputs, labels] of tqdm(trainLoader)) {
    using _ = scope(); // everything computed below is freed at the brace
    nTrain += labels.length;

    const x = inputs.to(device);
    const y = labels.to(device);

    optimizer.zeroGrad();

    const outputs = net(x);
    const loss = criterion(outputs, y);
    loss.backward();
    optimizer.step();

    const predicted = outputs.max(1).indices;

    trainLoss += (await loss.item()) * labels.length;
    trainCorrect += await predicted.eq(y).sum().item();
  }

  for await (const [inputsTest, labelsTest] of tqdm(testLoader)) {
    using _ = scope();
    nTest += labelsTest.length;

    const x = inputsTest.to(device);
    const y = labelsTest.to(device);

    const outputsTest = noGrad(() => net(x));
    const lossTest = criterion(outputsTest, y);

    const predictedTest = outputsTest.max(1).indices;

    valLoss += (await lossTest.item()) * labelsTest.length;
    valCorrect += await predictedTest.eq(y).sum().item();
  }

  trainLoss /= nTrain;
  valLoss /= nTest;
  const trainAcc = trainCorrect / nTrain;
  const valAcc = valCorrect / nTest;

  console.log(
    `Epoch [${epoch + 1}/${numEpochs}], loss: ${f(trainLoss)} val_loss: ${f(valLoss)}, val_acc: ${f(valAcc)}`,
  );
  history.push([epoch + 1, trainLoss, trainAcc, valLoss, valAcc]);
}

/** Python's `f"{x: .5f}"`, which leaves room for a sign. */
function f(x: number): string {
  return (x < 0 ? "" : " ") + x.toFixed(5);
}
