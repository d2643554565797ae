import { cpu, manualSeed, memory } from "@kindling/core";
import { Adam } from "@kindling/optim";
import { beforeEach, describe, expect, test } from "vitest";
import { Net } from "./net.ts";
import { syntheticDigits } from "./synthetic-digits.ts";
import { accuracyOf, classify, type Digits, train, trainStep } from "./training.ts";

// The page computes on the wasm device, in a worker; the same code runs on any device, so these tests use the cpu.
beforeEach(() => {
  manualSeed(1);
});

const some = (count: number): Digits => syntheticDigits(count, 1);

describe("trainStep", () => {
  const [images, labels] = syntheticDigits(10, 1).tensors;

  test("lowers the loss of the batch that it was given", { timeout: 60_000 }, async () => {
    const net = new Net();
    const optimizer = new Adam(net.parameters(), { lr: 0.01 });
    const losses: number[] = [];
    for (let i = 0; i < 10; i++) losses.push(await trainStep(net, cpu, optimizer, images, labels));
    expect(losses[0]).toBeCloseTo(Math.log(10), 0); // ten classes, nothing known yet
    expect(losses.at(-1)).toBeLessThan(0.5 * (losses[0] ?? 0));
  });

  test("frees all that it computes", async () => {
    const net = new Net();
    const optimizer = new Adam(net.parameters());
    await trainStep(net, cpu, optimizer, images, labels);
    const before = memory().tensors;
    await trainStep(net, cpu, optimizer, images, labels);
    expect(memory().tensors).toBe(before);
  });
});

describe("train", () => {
  test("reports every step and every epoch, and the network learns", { timeout: 60_000 }, async () => {
    const net = new Net();
    const [steps, epochs]: [number[], number[]] = [[], []];
    await train({
      net,
      device: cpu,
      trainSet: some(200),
      testSet: syntheticDigits(100, 2),
      epochs: 2,
      batchSize: 20,
      lr: 0.01,
      onStep: ({ done }) => steps.push(done),
      onEpoch: ({ accuracy }) => epochs.push(accuracy),
    });
    expect(steps).toHaveLength(20);
    expect(steps.at(-1)).toBe(1);
    expect(epochs).toHaveLength(2);
    expect(epochs.at(-1)).toBeGreaterThan(0.5);
  });

  test("stops after the running step", async () => {
    const stop = new AbortController();
    let steps = 0;
    await train({
      net: new Net(),
      device: cpu,
      trainSet: some(100),
      testSet: some(10),
      epochs: 5,
      batchSize: 10,
      signal: stop.signal,
      onStep: () => {
        steps++;
        if (steps === 2) stop.abort();
      },
    });
    expect(steps).toBe(2);
  });
});

test("classify gives the probabilities of ten digits", async () => {
  const probabilities = await classify(new Net(), cpu, new Uint8Array(28 * 28));
  expect(probabilities).toHaveLength(10);
  expect(probabilities.reduce((sum, p) => sum + p)).toBeCloseTo(1, 5);
});

test("a network that knows nothing reads one digit in ten", async () => {
  const accuracy = await accuracyOf(new Net(), cpu, some(100));
  expect(accuracy).toBeLessThan(0.4);
});
