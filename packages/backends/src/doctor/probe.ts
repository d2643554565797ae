import { autograd, conv2d, type Device, Generator, maxPool2d, rand, randint, scope, type Tensor } from "@kindling/core";

/** Numbers that came off a device, by name. */
export type Numbers = ReadonlyMap<string, Float32Array>;

/** Where PyTorch's generator begins for the parameters of the probe. */
const SEED = 4;

const SHAPES: Readonly<Record<string, readonly number[]>> = {
  input: [4, 2, 9, 9],
  "conv1.weight": [6, 2, 3, 3],
  "conv1.bias": [6],
  "conv2.weight": [8, 6, 3, 3],
  "conv2.bias": [8],
  "fc.weight": [5, 32],
  "fc.bias": [5],
};

/**
 * The loss of a small network, and its gradient for every parameter and the images, as the device computes them:
 * `crossEntropy(fc(sigmoid(conv2(maxPool(relu(conv1(x)))))), y)`. Images x `[4, 2, 9, 9]`, kernels of 3 by 3 with a border of 1, the second
 * in steps of 2, five classes.
 */
export async function probe(device: Device): Promise<Numbers> {
  const results = scope(() => {
    const generator = new Generator(SEED);
    const leaves: Record<string, Tensor> = {};
    for (const [name, shape] of Object.entries(SHAPES)) {
      leaves[name] = rand(shape, { generator }).sub(0.5).to(device).requiresGrad_();
    }
    const labels = randint(0, 5, [4], { generator }).to(device);
    const loss = lossOf(leaves, labels);
    const gradients = autograd.grad(loss, Object.values(leaves));
    const named = Object.keys(leaves).map((name, i) => [name, gradients[i] as Tensor] as const);
    return Object.fromEntries([["loss", loss.detach().clone()], ...named]);
  });
  try {
    const numbers = new Map<string, Float32Array>();
    for (const [name, tensor] of Object.entries(results))
      numbers.set(name, (await tensor.toTypedArray()) as Float32Array);
    return numbers;
  } finally {
    for (const tensor of Object.values(results)) tensor.dispose();
  }
}

function lossOf(leaves: Readonly<Record<string, Tensor>>, labels: Tensor): Tensor {
  const of = (name: string): Tensor => leaves[name] as Tensor;
  const first = conv2d(of("input"), of("conv1.weight"), of("conv1.bias"), { padding: 1 }).relu();
  const second = conv2d(maxPool2d(first, 2), of("conv2.weight"), of("conv2.bias"), { stride: 2, padding: 1 }).sigmoid();
  const scores = second.flatten(1).matmul(of("fc.weight").t()).add(of("fc.bias"));
  return scores.logSoftmax(1).gather(1, labels.unsqueeze(1)).mean().neg();
}
