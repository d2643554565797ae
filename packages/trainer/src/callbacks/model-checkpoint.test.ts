import { load } from "@kindling/safetensors";
import { describe, expect, test } from "vitest";
import { tinyTraining } from "../testing/index.ts";
import { ModelCheckpoint, type ModelCheckpointOptions } from "./model-checkpoint.ts";

async function run(options: Partial<ModelCheckpointOptions>, epochs = 4) {
  const files = new Map<string, Uint8Array>();
  const checkpoint = new ModelCheckpoint({ write: (name, bytes) => void files.set(name, bytes), ...options });
  const tiny = tinyTraining([checkpoint]);
  await tiny.trainer.fit(tiny.train, tiny.val, { epochs });
  return { files, checkpoint, ...tiny };
}

describe("ModelCheckpoint", () => {
  test("keeps the best epoch, whole", async () => {
    const { files, checkpoint, trainer } = await run({});
    const losses = trainer.history.column("valLoss");
    expect(checkpoint.bestScore).toBe(Math.min(...losses));
    expect(checkpoint.bestEpoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
    expect([...files.keys()]).toEqual(["best.safetensors"]);
    const best = tinyTraining();
    best.trainer.loadCheckpoint(files.get("best.safetensors") as Uint8Array);
    expect(best.trainer.history.length).toBe(checkpoint.bestEpoch);
    expect((await best.trainer.evaluate(best.val)).loss).toBe(checkpoint.bestScore);
  });

  test("the last one too, and every one", async () => {
    expect([...(await run({ saveLast: true })).files.keys()].sort()).toEqual(["best.safetensors", "last.safetensors"]);
    const { files } = await run({ monitor: null, filename: "checkpoint" });
    const last = tinyTraining();
    last.trainer.loadCheckpoint(files.get("checkpoint.safetensors") as Uint8Array);
    expect(last.trainer.history.length).toBe(4);
  });

  test("weights alone", async () => {
    const { files } = await run({ saveWeightsOnly: true });
    const weights = load(files.get("best.safetensors") as Uint8Array);
    expect(Object.keys(weights).sort()).toEqual(["bias", "weight"]);
  });

  test("mistakes", async () => {
    expect(() => new ModelCheckpoint({ write: () => {}, mode: "up" as "max" })).toThrow(
      "`mode` can be min, max, got up",
    );
    await expect(run({ monitor: "toString" })).rejects.toThrow("monitor='toString'");
    await expect(run({ monitor: "f1" })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[KindlingError: ModelCheckpoint: \`ModelCheckpoint(monitor='f1')\` could not find the monitored key in the returned metrics: ['trainLoss', 'trainAcc', 'valLoss', 'valAcc']. Monitor one of these, or pass a validation loader to fit.]`,
    );
  });
});
