import { type Device, manualSeed, memory, scope, type Tensor } from "@kindling/core";
import { tier } from "@kindling/core/testing";
import { DataLoader } from "@kindling/data";
import { CrossEntropyLoss } from "@kindling/nn";
import { SGD } from "@kindling/optim";
import { describe, expect, test } from "vitest";
import type { ModelName } from "../config.ts";
import { ConvNet } from "../nets/conv-net.ts";
import type { DigitNet } from "../nets/digit-net.ts";
import { Net } from "../nets/net.ts";
import { mnistImages } from "./mnist-images.ts";
import golden from "./trajectories.golden.json" with { type: "json" };

/** Which of the seeded trainings. */
export interface TrajectoryCase {
  readonly model: ModelName;
  readonly dropout: boolean;
  /** How far a loss may be from PyTorch's. Other builds of PyTorch are up to 0.00013 away. */
  readonly tolerance: number;
}

export interface TrajectoryLawsOptions {
  readonly device: Device;
  /** Whether the device is slow: it takes fewer and smaller steps then. Default: false. */
  readonly slow?: boolean;
}

/**
 * The seeded training of a recipe's network gives PyTorch's losses, step by step, on a device:
 *
 * ```ts
 * trajectoryLaws("ConvNet with dropout", { model: "cnn", dropout: true, tolerance: 5e-4 }, { device });
 * ```
 */
export function trajectoryLaws(name: string, wanted: TrajectoryCase, options: TrajectoryLawsOptions): void {
  const { device, slow = false } = options;
  const runs = golden.runs.filter(({ model, dropout }) => model === wanted.model && dropout === wanted.dropout);
  // The longest comes first, the shortest last.
  const [longest, shortest] = [runs[0], runs.at(-1)] as [Run, Run];
  const tried = slow || longest === shortest ? [shortest] : [shortest, longest];

  describe(`${name} on ${device.name}`, () => {
    for (const run of tried) {
      const told = `its first ${run.steps} losses, with ${run.batchSize} images a step, are PyTorch's`;
      // Images of a slow device are a marathon, however few there are.
      const isShort = run === shortest && !(slow && run.model === "cnn");
      test(told, { timeout: 600_000, ...(isShort ? {} : tier("marathons")) }, async () => {
        const { losses, live } = await train(run, device);
        const apart = losses.map((loss, i) => Math.abs(loss - (run.losses[i] as number)));
        expect(Math.max(...apart), losses.join(", ")).toBeLessThan(wanted.tolerance);
        expect(losses.length).toBe(run.steps);
        // The first step makes the gradients; the collector may meanwhile have given back what earlier tests had lost.
        expect(Math.max(...live.slice(1)), `live tensors after each step: ${live.join(", ")}`).toBe(live[1]);
      });
    }
  });
}

type Run = (typeof golden.runs)[number];

interface Trained {
  readonly losses: readonly number[];
  /** Tensors alive after each step. */
  readonly live: readonly number[];
}

async function train(run: Run, device: Device): Promise<Trained> {
  const { seed, lr, batchSize, steps, firstLabels } = run;
  const images = await mnistImages(run.model as ModelName);
  manualSeed(seed);
  const loader = new DataLoader(images, { batchSize, shuffle: true });
  using net = netOf(run).to(device);
  const optimizer = new SGD(net.parameters(), { lr });
  const criterion = new CrossEntropyLoss();
  const losses: number[] = [];
  const live: number[] = [];
  for await (const [inputs, labels] of loader) {
    if (losses.length === 0) expect([...labels.toTypedArraySync()].slice(0, firstLabels.length)).toEqual(firstLabels);
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
      const loss = criterion(net(inputs.to(device)), labels.to(device));
      loss.backward();
      optimizer.step();
      return loss.detach();
    });
  }
}

function netOf({ model, dropout }: Run): DigitNet {
  return model === "cnn" ? new ConvNet(10, { dropout }) : new Net(784, 10, 128);
}
