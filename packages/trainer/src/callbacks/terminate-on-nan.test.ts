import { noGrad, rand, setWarningSink, Tensor, tensor } from "@kindling/core";
import { DataLoader, TensorDataset } from "@kindling/data";
import { Linear, MSELoss } from "@kindling/nn";
import { SGD } from "@kindling/optim";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { type Callback, Trainer } from "../trainer.ts";
import { TerminateOnNaN } from "./terminate-on-nan.ts";

let warnings: string[] = [];
beforeEach(() => {
  warnings = [];
  return setWarningSink((message) => warnings.push(message));
});

/** Puts NaN (or another number) into the weight after so many steps in all. */
function spoil(model: Linear, steps: number, value = Number.NaN): Callback {
  let done = 0;
  return {
    name: "spoil",
    onTrainBatchEnd() {
      done += 1;
      if (done === steps) noGrad(() => model.weight.fill_(value));
    },
  };
}

/** Four steps an epoch. */
function training(callbacks: (model: Linear) => Callback[]) {
  const model = new Linear(2, 1);
  const optimizer = new SGD(model.parameters(), { lr: 0.01 });
  const trainer = new Trainer({ model, criterion: new MSELoss(), optimizer, callbacks: callbacks(model) });
  const loader = new DataLoader(new TensorDataset(rand([8, 2]), rand([8, 1])), { batchSize: 2 });
  return { trainer, loader, model };
}

describe("a loss that is not finite", () => {
  test("is warned of once, with the step, and trained on with", async () => {
    const { trainer, loader } = training((model) => [spoil(model, 6)]);
    const reads = vi.spyOn(Tensor.prototype, "toTypedArray");
    const history = await trainer.fit(loader, loader, { epochs: 4 });
    // The losses of each pass, and those of the first bad epoch once more.
    expect(reads.mock.calls.length).toBe(4 * 2 + 1);
    reads.mockRestore();
    expect(history.column("trainLoss").map(Number.isFinite)).toEqual([true, false, false, false]);
    expect(warnings).toMatchInlineSnapshot(`
      [
        "The training loss is nan at step 3 of epoch 2. Usual causes: a learning rate that is too high, the logarithm of 0 or a division by 0 in the model or the loss, NaN or infinity in the inputs. Lower the learning rate or clip gradients (clipGradNorm). The training goes on; the callback TerminateOnNaN (kindling train --stop-on-nan) would end it.",
      ]
    `);
  });

  test("in validation too, and infinity too", async () => {
    const { trainer, loader } = training(() => []);
    const far = new DataLoader(new TensorDataset(rand([2, 2]), tensor([[Number.POSITIVE_INFINITY], [0]])));
    await trainer.fit(loader, far, { epochs: 2 });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^The validation loss is inf in epoch 1\. Usual causes: /);
    const overflown = training((model) => [spoil(model, 1, 1e30)]);
    await overflown.trainer.fit(overflown.loader, null, { epochs: 1 });
    expect(warnings[1]).toMatch(/^The training loss is (inf|nan) at step 2 of epoch 1/);
  });

  test("is counted from the beginning of an epoch that was resumed", async () => {
    const controller = new AbortController();
    const { trainer, loader } = training((model) => [
      spoil(model, 3),
      { name: "stop", onTrainBatchEnd: ({ batch }) => (batch === 2 ? controller.abort() : undefined) },
    ]);
    await trainer.fit(loader, null, { epochs: 1, signal: controller.signal });
    await trainer.fit(loader, null, { epochs: 1 });
    expect(warnings[0]).toContain("at step 4 of epoch 1");
  });

  test("ends the training, where TerminateOnNaN watches", async () => {
    const stop = new TerminateOnNaN();
    const { trainer, loader } = training((model) => [spoil(model, 6), stop]);
    expect((await trainer.fit(loader, loader, { epochs: 9 })).length).toBe(2);
    expect([stop.stoppedEpoch, stop.reason]).toEqual([
      2,
      "Epoch 2: Invalid loss, terminating training: the training loss is nan",
    ]);
    const resumed = training(() => [new TerminateOnNaN()]);
    resumed.trainer.loadCheckpoint(await trainer.saveCheckpoint());
    expect(warnings[0]).not.toContain("goes on");
    expect((await resumed.trainer.fit(loader, loader, { epochs: 9 })).length).toBe(2);
    expect((resumed.trainer.callbacks[0] as TerminateOnNaN).stoppedEpoch).toBe(2);
  });

  test("does not end one whose losses are finite", async () => {
    const { trainer, loader } = training(() => [new TerminateOnNaN()]);
    expect((await trainer.fit(loader, loader, { epochs: 2 })).length).toBe(2);
    expect(warnings).toEqual([]);
  });
});
