import { Generator, memory, rand, scope, setWarningSink, Tensor, tensor } from "@kindling/core";
import { unownedMemory } from "@kindling/core/testing";
import { DataLoader, TensorDataset } from "@kindling/data";
import { Accuracy } from "@kindling/metrics";
import { CrossEntropyLoss, functional, Linear, MSELoss } from "@kindling/nn";
import { SGD } from "@kindling/optim";
import { describe, expect, test, vi } from "vitest";
import type { Hook } from "./callback.ts";
import { tinyTraining } from "./testing/index.ts";
import type { Callback } from "./trainer.ts";
import { Trainer } from "./trainer.ts";

/** Aborts after `steps` steps of the optimizer, or at the beginning of a validation. */
function abortAfter(steps: number, controller: AbortController): Callback {
  let left = steps;
  return {
    name: "abort",
    onTrainBatchEnd() {
      left -= 1;
      if (left === 0) controller.abort();
    },
    onValidationStart() {
      if (left === 0) controller.abort();
      if (steps % 1 !== 0) controller.abort();
    },
  };
}

describe("no warning about leaks is due", () => {
  /** The most pieces of memory without an owner that `program` had, above those before it. */
  async function most(program: (look: () => void) => Promise<void>): Promise<number> {
    const before = unownedMemory().tensors;
    let found = 0;
    await program(() => {
      found = Math.max(found, unownedMemory().tensors - before);
    });
    return found;
  }

  test("after a training and an evaluation by the trainer", async () => {
    const looked = await most(async (look) => {
      const watching: Callback = { name: "look", onTrainBatchEnd: look, onEpochEnd: look };
      const { trainer, train, val } = tinyTraining([watching]);
      await trainer.fit(train, val, { epochs: 20 });
      for (let i = 0; i < 20; i++) {
        await trainer.evaluate(val);
        look();
      }
    });
    expect(looked).toBeLessThan(10);
  });

  test("in a loop by hand with a scope; without one it grows by each step", async () => {
    const steps = (scoped: boolean) =>
      most(async (look) => {
        const { model, optimizer, train } = tinyTraining();
        const criterion = new CrossEntropyLoss();
        for (let epoch = 0; epoch < 5; epoch++) {
          for await (const [inputs, labels] of train) {
            using step = scope();
            if (!scoped) step.dispose();
            optimizer.zeroGrad();
            criterion(model(inputs), labels).backward();
            optimizer.step();
            look();
          }
        }
      });
    expect(await steps(true)).toBeLessThan(10);
    expect(await steps(false)).toBeGreaterThan(20);
  });
});

describe("Trainer.fit", () => {
  test("is the loop that one writes by hand", async () => {
    const byHand = tinyTraining();
    const criterion = new CrossEntropyLoss();
    const losses: number[] = [];
    for (let epoch = 0; epoch < 3; epoch++) {
      let [sum, samples] = [0, 0];
      for await (const [inputs, labels] of byHand.train) {
        byHand.optimizer.zeroGrad();
        const loss = criterion(byHand.model(inputs), labels);
        loss.backward();
        byHand.optimizer.step();
        sum += loss.itemSync() * labels.length;
        samples += labels.length;
      }
      for await (const _ of byHand.val) samples += 0;
      byHand.trainer.scheduler?.step();
      losses.push(sum / samples);
    }
    const { trainer, train, val } = tinyTraining();
    const history = await trainer.fit(train, val, { epochs: 3 });
    expect(history.column("trainLoss")).toEqual(losses);
    expect(history.at(-1)).toMatchObject({ epoch: 3, trainAcc: expect.any(Number), valAcc: expect.any(Number) });
  });

  test("calls hooks in order, and says where it is", async () => {
    const calls: string[] = [];
    const hooks = "onFitStart onEpochStart onTrainBatchEnd onValidationStart onValidationEnd onEpochEnd onFitEnd".split(
      " ",
    ) as Hook[];
    const callback = Object.fromEntries(
      hooks.map((hook) => [
        hook,
        (t: Trainer) => void calls.push(`${hook} ${t.epoch}/${t.epochs} ${t.batch}/${t.batches}`),
      ]),
    );
    const { trainer, train, val } = tinyTraining([{ name: "calls", ...callback }]);
    await trainer.fit(train, val, { epochs: 1 });
    expect(calls).toMatchInlineSnapshot(`
      [
        "onFitStart 0/1 0/4",
        "onEpochStart 1/1 0/4",
        "onTrainBatchEnd 1/1 1/4",
        "onTrainBatchEnd 1/1 2/4",
        "onTrainBatchEnd 1/1 3/4",
        "onTrainBatchEnd 1/1 4/4",
        "onValidationStart 1/1 4/4",
        "onValidationEnd 1/1 0/4",
        "onEpochEnd 1/1 0/4",
        "onFitEnd 1/1 0/4",
      ]
    `);
  });

  test("the loss of a batch can be read where it is asked for", async () => {
    const losses: number[] = [];
    const reading: Callback = {
      name: "reading",
      async onTrainBatchEnd({ loss }) {
        losses.push(await (loss as Tensor).item());
      },
    };
    const { trainer, train, val } = tinyTraining([reading]);
    const history = await trainer.fit(train, val, { epochs: 1 });
    const sizes = [6, 6, 6, 2];
    expect(losses.reduce((sum, loss, i) => sum + loss * (sizes[i] as number), 0) / 20).toBe(history.at(0)?.trainLoss);
  });

  test("counts the epochs of all calls together", async () => {
    const { trainer, train, val } = tinyTraining();
    await trainer.fit(train, val, { epochs: 1 });
    await trainer.fit(train, val, { epochs: 3 });
    const whole = tinyTraining();
    await whole.trainer.fit(whole.train, whole.val, { epochs: 3 });
    expect(trainer.history.toCsv()).toBe(whole.trainer.history.toCsv());
  });

  test("without validation, and without classes", async () => {
    const set = new TensorDataset(rand([8, 2]), rand([8, 1]));
    const model = new Linear(2, 1);
    const trainer = new Trainer({
      model,
      criterion: new MSELoss(),
      optimizer: new SGD(model.parameters(), { lr: 0.1 }),
    });
    const history = await trainer.fit(new DataLoader(set, { batchSize: 3 }), null, { epochs: 1 });
    expect(history.at(0)).toEqual({
      epoch: 1,
      trainLoss: expect.any(Number),
      trainAcc: Number.NaN,
      valLoss: Number.NaN,
      valAcc: Number.NaN,
    });
    expect(Object.keys(trainer.measured)).toEqual(["trainLoss"]);
  });

  test("frees what it makes", async () => {
    const { trainer, train, val } = tinyTraining();
    await trainer.fit(train, val, { epochs: 1 });
    const before = memory();
    await trainer.fit(train, val, { epochs: 4 });
    expect(memory()).toEqual(before);
  });

  test("reads from the device once an epoch and pass, however many steps there are", async () => {
    const { trainer, train, val } = tinyTraining();
    const reads = (["toTypedArray", "item", "itemSync", "toList"] as const).map((read) =>
      vi.spyOn(Tensor.prototype, read),
    );
    await trainer.fit(train, val, { epochs: 1 });
    const counts = reads.map((spy) => spy.mock.calls.length);
    vi.restoreAllMocks();
    // Losses and hits, of training and of validation.
    expect(counts).toEqual([4, 0, 0, 0]);
  });

  test("measures what it is asked to, in a resumed epoch too", async () => {
    const metrics = () => ({ top2: new Accuracy({ topK: 2 }), acc1: new Accuracy() });
    const make = (callbacks: Callback[] = []) => {
      const tiny = tinyTraining();
      const { model, optimizer } = tiny;
      const options = { model, optimizer, criterion: new CrossEntropyLoss(), metrics: metrics(), callbacks };
      return { ...tiny, trainer: new Trainer(options) };
    };
    const whole = make();
    const history = await whole.trainer.fit(whole.train, whole.val, { epochs: 2 });
    expect(history.columns.slice(5)).toEqual(["trainTop2", "trainAcc1", "valTop2", "valAcc1"]);
    expect(history.column("valTop2")).toEqual([1, 1]);
    expect(history.column("trainAcc1")).toEqual(history.column("trainAcc"));

    const controller = new AbortController();
    const begun = make([abortAfter(6, controller)]);
    await begun.trainer.fit(begun.train, begun.val, { epochs: 2, signal: controller.signal });
    const resumed = make();
    resumed.trainer.loadCheckpoint(await begun.trainer.saveCheckpoint());
    expect((await resumed.trainer.fit(resumed.train, resumed.val, { epochs: 2 })).toCsv()).toBe(history.toCsv());
    const { model, optimizer } = whole;
    const options = { model, optimizer, criterion: new CrossEntropyLoss(), metrics: { acc: new Accuracy() } };
    expect(() => new Trainer(options)).toThrow("Trainer: a metric cannot be called loss or acc");
  });

  test("runs the hooks of the model and the criterion, which may be a plain function", async () => {
    const calls = { model: 0, criterion: 0, function: 0 };
    const { model, optimizer, train, val } = tinyTraining();
    const criterion = new CrossEntropyLoss();
    model.registerForwardHook(() => {
      calls.model += 1;
    });
    criterion.registerForwardHook(() => {
      calls.criterion += 1;
    });
    const steps = train.length + val.length;
    await new Trainer({ model, criterion, optimizer }).fit(train, val, { epochs: 1 });
    expect(calls).toEqual({ model: steps, criterion: steps, function: 0 });
    const counted: typeof functional.crossEntropy = (...given) => {
      calls.function += 1;
      return functional.crossEntropy(...given);
    };
    await new Trainer({ model, criterion: counted, optimizer }).fit(train, val, { epochs: 1 });
    expect(calls).toEqual({ model: 2 * steps, criterion: steps, function: steps });
  });

  test("clips gradients", async () => {
    const { model, optimizer, train } = tinyTraining();
    const before = model.weight.clone();
    const trainer = new Trainer({ model, criterion: new CrossEntropyLoss(), optimizer, clipGradNorm: 1e-9 });
    await trainer.fit(train, null, { epochs: 1 });
    expect(model.weight.allclose(before)).toBe(true);
  });

  test("mistakes", async () => {
    const { trainer, train, val } = tinyTraining();
    await expect(trainer.fit(train, val, { epochs: 1.5 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Trainer.fit: epochs must be an integer, 0 or more: 1.5]`,
    );
    const call = (...args: unknown[]) => trainer.fit(...(args as Parameters<typeof trainer.fit>));
    for (const args of [[train], [train, { epochs: 1 }], [train, 1]]) {
      await expect(call(...args)).rejects.toThrow(
        "Trainer.fit: fit() missing 1 required argument: 'options'. Write trainer.fit(trainLoader, valLoader, { epochs: 3 }), with null",
      );
    }
    await expect(call(train, null, { max_epochs: 1 })).rejects.toThrow("Did you mean epochs?");
    const set = new TensorDataset(rand([4, 2]));
    for (const args of [
      [set, null, { epochs: 1 }],
      [train, set, { epochs: 1 }],
    ]) {
      await expect(call(...args)).rejects.toThrow(
        "Loader must give batches: got a TensorDataset. Pass new DataLoader(dataset, { batchSize: 32 }).",
      );
    }
    expect(() => trainer.evaluate(undefined as never)).toThrow("loader must give batches: got nothing");
    const parts = { model: trainer.model, criterion: trainer.criterion, optimizer: trainer.optimizer };
    expect(() => new Trainer({ ...parts, maxEpochs: 3 } as typeof parts)).toThrow(
      "The number of epochs is an option of fit: trainer.fit(trainLoader, valLoader, { epochs: 3 }).",
    );
    const running = trainer.fit(train, val, { epochs: 1 });
    await expect(trainer.fit(train, val, { epochs: 1 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[KindlingError: Trainer.fit: fit is running already. Await it, or make another trainer.]`,
    );
    await running;
    const wrong = new DataLoader(new TensorDataset(rand([4, 3]), tensor([0, 1, 0, 1], { dtype: "int64" })));
    await expect(trainer.fit(wrong, null, { epochs: 2 })).rejects.toThrow("mat1 and mat2 shapes cannot be multiplied");
  });
});

describe("Trainer.evaluate", () => {
  test("does not learn, and restores the mode", async () => {
    const { trainer, val, model } = tinyTraining();
    const weight = model.weight.toListSync();
    const first = await trainer.evaluate(val);
    expect(await trainer.evaluate(val)).toEqual(first);
    expect(model.weight.toListSync()).toEqual(weight);
    expect(model.training).toBe(true);
    expect(first.acc).toBeGreaterThanOrEqual(0);
  });
});

describe("a training that was ended", () => {
  // The epoch has 4 steps: in the middle of the first, at its end, in its validation, in the second.
  test.each([1, 3, 4, 0.5, 6])("after %d steps goes on bit for bit", async (steps) => {
    const unbroken = tinyTraining();
    await unbroken.trainer.fit(unbroken.train, unbroken.val, { epochs: 3 });

    const controller = new AbortController();
    const begun = tinyTraining([abortAfter(steps, controller)]);
    await begun.trainer.fit(begun.train, begun.val, { epochs: 3, signal: controller.signal });
    expect(begun.trainer.cancelled).toBe(true);
    expect(begun.trainer.history.length).toBe(steps > 4 ? 1 : 0);

    const resumed = tinyTraining([], 9);
    resumed.trainer.loadCheckpoint(await begun.trainer.saveCheckpoint());
    const warnings: string[] = [];
    const restore = setWarningSink((message) => warnings.push(message));
    await resumed.trainer.fit(resumed.train, resumed.val, { epochs: 3 });
    restore();
    expect(warnings).toEqual([]); // of the order of steps: those of an epoch left in its validation are done
    expect(resumed.trainer.history.toCsv()).toBe(unbroken.trainer.history.toCsv());
    expect(resumed.model.weight.toListSync()).toEqual(unbroken.model.weight.toListSync());

    await begun.trainer.fit(begun.train, begun.val, { epochs: 3 });
    expect(begun.trainer.history.toCsv()).toBe(unbroken.trainer.history.toCsv());
  });

  test("refuses another loader, weights alone, and another version", async () => {
    const controller = new AbortController();
    const begun = tinyTraining([abortAfter(3, controller)]);
    await begun.trainer.fit(begun.train, begun.val, { epochs: 1, signal: controller.signal });
    const { trainer } = tinyTraining();
    trainer.loadCheckpoint(await begun.trainer.saveCheckpoint());
    const few = new TensorDataset(rand([2, 2]), tensor([0, 1], { dtype: "int64" }));
    const other = new DataLoader(few, { shuffle: true, generator: new Generator() });
    await expect(trainer.fit(other, null, { epochs: 1 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Trainer.fit: the loader gives fewer than 3 batches. Resume with the data and the batch size that the training was saved with.]`,
    );
    const weights = await trainer.saveWeights();
    expect(() => trainer.loadCheckpoint(weights)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: readCheckpoint: the file holds no state of a trainer. It may hold weights alone: model.loadStateDict(load(bytes)).]`,
    );
    const state = await trainer.stateDict();
    expect(() => trainer.loadStateDict({ ...state, version: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Trainer.loadStateDict: the state is of version 2, not 1. Resume with the version of Kindling that saved it.]`,
    );
  });
});
