import { type Device, Generator, noGrad, rand, randint, scope, type Tensor } from "@kindling/core";
import { timed } from "./timed.ts";

/** Milliseconds of a training step: 784-128-10 with ReLU, cross-entropy and SGD over a batch of 64, within `budget` milliseconds. */
export async function stepSpeed(device: Device, budget: number, now: () => number): Promise<number> {
  const generator = new Generator(0);
  const uniform = (...shape: number[]): Tensor => scope(() => rand(shape, { generator }).sub(0.5).mul(0.1).to(device));
  const parameters = [uniform(784, 128), uniform(128), uniform(128, 10), uniform(10)];
  for (const p of parameters) p.requiresGrad_();
  const images = uniform(64, 784);
  const labels = scope(() => randint(0, 10, [64], { generator }).to(device));
  const run = async (count: number): Promise<void> => {
    let last: Tensor | undefined;
    for (let i = 0; i < count; i++) {
      last?.dispose();
      last = scope(() => step(parameters, images, labels));
    }
    await last?.item();
    last?.dispose();
  };
  try {
    const started = now();
    await run(1); // compiles, allocates
    const once = await timed(run, 1, now);
    const count = Math.floor((budget - (now() - started)) / once);
    return count > 1 ? await timed(run, Math.min(count, 1000), now) : once;
  } finally {
    for (const tensor of [...parameters, images, labels]) tensor.dispose();
  }
}

function step(parameters: readonly Tensor[], images: Tensor, labels: Tensor): Tensor {
  const [w1, b1, w2, b2] = parameters as [Tensor, Tensor, Tensor, Tensor];
  const scores = images.matmul(w1).add(b1).relu().matmul(w2).add(b2);
  const loss = scores.logSoftmax(1).gather(1, labels.unsqueeze(1)).mean().neg();
  loss.backward();
  noGrad(() => {
    for (const p of parameters) {
      const { grad } = p;
      if (grad !== null) p.sub_(grad, { alpha: 0.01 });
      grad?.dispose();
      p.grad = null;
    }
  });
  return loss.detach();
}
