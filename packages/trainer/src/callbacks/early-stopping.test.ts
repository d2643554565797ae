import { describe, expect, test } from "vitest";
import { History } from "../history.ts";
import { tinyTraining } from "../testing/index.ts";
import type { Trainer } from "../trainer.ts";
import { EarlyStopping, type EarlyStoppingOptions } from "./early-stopping.ts";

/** What it says to these numbers, one an epoch, until it stops. */
function watch(numbers: readonly number[], options: EarlyStoppingOptions = {}) {
  const said: (string | null)[] = [];
  const stopping = new EarlyStopping(options);
  const trainer = { shouldStop: false, epoch: 0, measured: {} };
  for (const valLoss of numbers) {
    trainer.epoch += 1;
    trainer.measured = { trainLoss: 0, valLoss };
    stopping.onEpochEnd(trainer as unknown as Trainer);
    said.push(stopping.reason);
    if (trainer.shouldStop) break;
  }
  return { said, stopping, stopped: trainer.shouldStop };
}

describe("EarlyStopping", () => {
  test("stops after `patience` epochs without a better one", () => {
    const { said, stopping, stopped } = watch([0.5, 0.3, 0.31, 0.3, 0.4, 0.1]);
    expect(stopped).toBe(true);
    expect(stopping.stoppedEpoch).toBe(5);
    expect(said).toMatchInlineSnapshot(`
      [
        "Metric valLoss improved. New best score: 0.500",
        "Metric valLoss improved by 0.200 >= min_delta = 0. New best score: 0.300",
        null,
        null,
        "Monitored metric valLoss did not improve in the last 3 records. Best score: 0.300. Signaling Trainer to stop.",
      ]
    `);
  });

  test("counts only what is better by more than minDelta", () => {
    expect(watch([0.5, 0.45, 0.41], { minDelta: 0.1, patience: 2 }).stopping.stoppedEpoch).toBe(3);
    expect(watch([0.5, 0.3, 0.1], { minDelta: 0.1, patience: 1 }).stopped).toBe(false);
  });

  test("rising numbers", () => {
    const { said, stopping } = watch([0.5, 0.7, 0.6], { mode: "max", patience: 1 });
    expect(stopping.stoppedEpoch).toBe(3);
    expect(said.at(1)).toBe("Metric valLoss improved by 0.200 >= min_delta = 0. New best score: 0.700");
  });

  test("what is not finite", () => {
    expect(watch([0.5, Number.NaN]).said.at(-1)).toMatchInlineSnapshot(
      `"Monitored metric valLoss = nan is not finite. Previous best value was 0.500. Signaling Trainer to stop."`,
    );
    expect(watch([0.5, Number.NaN, 0.4], { checkFinite: false }).stopped).toBe(false);
  });

  test("thresholds", () => {
    expect(watch([0.5, 0.05], { stoppingThreshold: 0.1 }).said.at(-1)).toMatchInlineSnapshot(
      `"Stopping threshold reached: valLoss = 0.05 < 0.1. Signaling Trainer to stop."`,
    );
    expect(watch([0.5, 3], { divergenceThreshold: 2 }).said.at(-1)).toMatchInlineSnapshot(
      `"Divergence threshold reached: valLoss = 3 < 2. Signaling Trainer to stop."`,
    );
  });

  test("says what it finds when asked to", () => {
    const printed: string[] = [];
    watch([0.5], { verbose: true, print: (message) => printed.push(message) });
    expect(printed).toEqual(["Metric valLoss improved. New best score: 0.500"]);
  });

  test("mistakes", async () => {
    expect(() => new EarlyStopping({ mode: "low" as "min" })).toThrow("`mode` can be min, max, got low");
    const inherited = tinyTraining([new EarlyStopping({ monitor: "constructor" })]);
    await expect(inherited.trainer.fit(inherited.train, null, { epochs: 1 })).rejects.toThrow(
      "`constructor` which is not",
    );
    const { trainer, train } = tinyTraining([new EarlyStopping()]);
    await expect(trainer.fit(train, null, { epochs: 1 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[KindlingError: EarlyStopping: Early stopping conditioned on metric \`valLoss\` which is not available. Pass in or modify your \`EarlyStopping\` callback to use any of the following: \`trainLoss\`, \`trainAcc\`]`,
    );
    const lenient = tinyTraining([new EarlyStopping({ strict: false })]);
    expect((await lenient.trainer.fit(lenient.train, null, { epochs: 1 })).length).toBe(1);
  });

  test("ends a training, and keeps it ended when it is resumed", async () => {
    const stopping = () => new EarlyStopping({ monitor: "trainLoss", mode: "max", patience: 2 });
    const { trainer, train, val } = tinyTraining([stopping()]);
    const { length } = await trainer.fit(train, val, { epochs: 10 });
    expect(length).toBeLessThan(10);
    const resumed = tinyTraining([stopping()]);
    resumed.trainer.loadCheckpoint(await trainer.saveCheckpoint());
    expect(await resumed.trainer.fit(resumed.train, resumed.val, { epochs: 10 })).toBeInstanceOf(History);
    expect(resumed.trainer.history.length).toBe(length);
  });
});
