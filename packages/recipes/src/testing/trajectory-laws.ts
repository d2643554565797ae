import { type Device, manualSeed, memory, scope, type Tensor } from "@kindling/core";
import { DataLoader } from "@kindling/data";
import { CrossEntropyLoss } from "@kindling/nn";
import { SGD } from "@kindling/optim";
import { describe, expect, test } from "vitest";
import { ConvNet } from "../nets/conv-net.ts";
import golden from "./cnn-trajectory.golden.json" with { type: "json" };
import { mnistImages } from "./mnist-images.ts";

/** Which of the seeded trainings. */
export interface TrajectoryCase {
  readonly dropout: boolean;
}

export interface TrajectoryLawsOptions {
  readonly device: Device;
  /** Whether the device is slow: it takes 10 steps of 4 images then, in place of 50 of 64. Default: false. */
  readonly slow?: boolean;
}

/** How far a loss may be from PyTorch's. Other builds of PyTorch are up to 0.00013 away. */
const TOLERANCE = 5e-4;

/**
 * The seeded training of PyTorch's MNIST example network gives PyTorch's losses, step by step, on a device:
 *
 * ```ts
 * trajectoryLaws("with dropout", { dropout: true }, { device });
 * ```
 */
export function trajectoryLaws(name: string, { dropout }: TrajectoryCase, options: TrajectoryLawsOptions): void {
  const { device, slow = false } = options;
  const longest = Math.max(...golden.runs.map(({ steps }) => steps));
  const run = golden.runs.find((each) => each.dropout === dropout && each.steps < longest === slow) as Run;

  describe(`${name} on ${device.name}`, () => {
    const told = `its first ${run.steps} losses, with ${run.batchSize} images a step, are PyTorch's`;
    test(told, { timeout: 600_000 }, async () => {
      const { losses, live } = await train(run, device);
      const apart = losses.map((loss, i) => Math.abs(loss - (run.losses[i] as number)));
      expect(Math.max(...apart), losses.join(", ")).toBeLessThan(TOLERANCE);
      expect(losses.length).toBe(run.steps);
      // The first step makes the gradients; the collector may meanwhile have given back what earlier tests had lost.
      expect(Math.max(...live.slice(1)), `live tensors after each step: ${live.join(", ")}`).toBe(live[1]);
    });
  });
}

type Run = (typeof golden.runs)[number];

interface Trained {
  readonly losses: readonly number[];
  /** Tensors alive after each step. */
  readonly live: readonly number[];
}

async function train({ seed, lr, dropout, batchSize, steps, firstLabels }: Run, device: Device): Promise<Trained> {
  const images = await mnistImages();
  manualSeed(seed);
  const loader = new DataLoader(images, { batchSize, shuffle: true });
  using net = new ConvNet(10, { dropout }).to(device);
  const optimizer = new SGD(net.parameters(), { lr });
  const criterion = new CrossEntropyLoss();
  const losses: number[] = [];
  const live: number[] = [];
  for await (const [inputs, labels] of loader) {
    if (losses.length === 0) expect([...labels.dataSync()].slice(0, firstLabels.length)).toEqual(firstLabels);
    const loss = step(inputs, labels);
    losses.push(await loss.item());
    loss.dispose();
    for (const tensor of [inputs, labels]) tensor.dispose();
    live.push(memory().tensors);
    if (losses.length === steps) break;
  }
  return { losses, live };

  function step(inputs: Tensor, labels: Tensor): Tensor {
    return scope(() => {
      optimizer.zeroGrad();
      const loss = criterion.forward(net.forward(inputs.to(device)), labels.to(device));
      loss.backward();
      optimizer.step();
      return loss.detach();
    });
  }
}
