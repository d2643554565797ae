import { expect, type TestOptions, test } from "vitest";
import { ones, rand, tensor } from "../api/creation.ts";
import type { Device } from "../device/device.ts";
import { TfjsDevice } from "../devices/tfjs/device.ts";
import { noGrad } from "../graph/grad-mode.ts";
import { conv2d } from "../ops/convolution/conv.ts";
import { linear } from "../ops/linear.ts";
import { maxPool2d } from "../ops/pooling/max-pool.ts";
import { Generator } from "../random/generator.ts";
import { scope } from "../scope/scope.ts";
import { memory } from "../storage/memory.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { canRun } from "./golden-cases.ts";
import type { LawsOfDevice } from "./laws-of-device.ts";
import { RecordingDevice } from "./recording-device.ts";
import { smallest, smoothCases } from "./smooth-cases.ts";
import { tier } from "./tier.ts";

/**
 * Devices get back what they hand out, and loops stay flat. That single ops and their derivatives give back what they take, golden laws
 * see on the way.
 */
export function memoryLaws(device: () => Device, { name, slow }: LawsOfDevice): void {
  test("what the device hands out it gets back, once", tier("proofs", { device: name }), () => {
    const recorded = new RecordingDevice(device(), "recorded");
    const cases = [...new Set(smoothCases.map(({ op }) => op))].flatMap((op) =>
      smallest(
        smoothCases.filter((each) => each.op === op && canRun(each, device())),
        slow ? 1 : Number.POSITIVE_INFINITY,
      ),
    );
    const round = (): void => {
      for (const each of cases) {
        scope(() => {
          for (const output of each.run(each.inputs(recorded, true), recorded)) {
            if (output.requiresGrad) output.square().sum().backward();
          }
        });
      }
    };
    // The first time constants are made, which stay.
    round();
    const held = new Set(recorded.live);
    round();
    expect([...recorded.live].filter((handle) => !held.has(handle)).length).toBeLessThan(8);
  });

  test("backward without a scope frees what it makes on the way", () => {
    const w = rand([8, 8], { device: device(), requiresGrad: true });
    const x = rand([4, 8], { device: device() });
    const loss = x.matmul(w).tanh().matmul(w).square().mean();
    loss.backward({ retainGraph: true });
    const before = memory();
    for (let step = 0; step < 100; step++) loss.backward({ retainGraph: true });
    expect(memory()).toEqual(before);
    w.dispose();
  });

  test("a training loop in scopes is flat", async () => {
    const w = rand([8, 3], { device: device(), requiresGrad: true });
    const step = (): Tensor => {
      const x = rand([4, 8], { device: device() });
      const loss = x.matmul(w).logSoftmax(1).square().mean();
      loss.backward();
      const { grad } = w;
      const next = w.detach().sub((grad as Tensor).mul(0.1));
      w.detach().copy_(next);
      grad?.dispose();
      w.grad = null;
      return loss;
    };
    scope(step).dispose();
    const before = memory();
    // What stays of a step stays of each.
    for (let i = 0; i < (slow ? 4 : 20); i++) {
      scope(step).dispose();
      using _ = scope();
      await step().item();
    }
    expect(memory()).toEqual(before);
    w.dispose();
  });

  test("a loop that reads in its scope, and goes on with what no scope owns, is flat", async () => {
    const w = rand([4], { device: device(), requiresGrad: true });
    const step = async (): Promise<void> => {
      using _ = scope();
      await w.sum().item();
      const scaled = w.mul(rand([4], { device: device() }));
      await scaled.sum().item();
      w.exp();
    };
    await step();
    const before = memory();
    for (let i = 0; i < (slow ? 3 : 10); i++) await step();
    expect(memory()).toEqual(before);
    w.dispose();
  });

  const flat: readonly (readonly [count: number, is: TestOptions])[] = [
    [10, {}],
    [200, tier("marathons")],
  ];
  for (const [count, is] of flat) {
    test(`${count} steps of a convolutional network are flat, in what the backend holds too`, is, async () => {
      // Drawn the same each time: from some weights the loss is 0.
      const generator = new Generator(1);
      const on = { device: device(), requiresGrad: true, generator };
      const parameters = [rand([4, 1, 3, 3], on), rand([4], on), rand([3, 36], on), rand([3], on)] as const;
      const step = (): Tensor => {
        const [weight, offset, matrix, bias] = parameters;
        const x = rand([2, 1, 8, 8], { device: device(), generator });
        const hidden = maxPool2d(conv2d(x, weight, offset).relu(), 2).flatten(1);
        const loss = linear(hidden, matrix, bias).logSoftmax(1).select(1, 0).mean().neg();
        loss.backward();
        noGrad(() => {
          for (const parameter of parameters) parameter.sub_((parameter.grad as Tensor).mul(0.01));
        });
        for (const parameter of parameters) {
          parameter.grad?.dispose();
          parameter.grad = null;
        }
        return loss.detach();
      };
      const held = (): unknown[] => [
        memory(),
        device() instanceof TfjsDevice && (device() as TfjsDevice).backend.numDataIds(),
      ];
      const steps = async (count: number): Promise<void> => {
        for (let i = 0; i < count; i++) {
          using loss = scope(step);
          if (i % 50 === 0) expect(await loss.item()).toBeGreaterThan(0);
        }
      };
      await steps(5);
      const before = held();
      await steps(count);
      expect(held()).toEqual(before);
      for (const parameter of parameters) parameter.dispose();
    });
  }

  test("an op that fails leaves nothing behind", () => {
    const before = memory();
    const x = ones([2, 3], { device: device() });
    const y = tensor([1, 2], { device: device() });
    for (const fails of [
      () => x.add(y),
      () => x.matmul(x),
      () => x.view(4),
      () => x.add_(ones([4, 2, 3])),
      () => x.select(0, 9),
    ]) {
      expect(fails).toThrow();
    }
    x.dispose();
    y.dispose();
    expect(memory()).toEqual(before);
  });
}
