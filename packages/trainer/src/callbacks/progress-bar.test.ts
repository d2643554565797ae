import { expect, test } from "vitest";
import { tinyTraining } from "../testing/index.ts";
import { ProgressBar } from "./progress-bar.ts";

test("a bar an epoch, with what came of it", async () => {
  const drawn: string[] = [];
  const file = { write: (text: string) => drawn.push(text) };
  const { trainer, train, val } = tinyTraining([new ProgressBar({ file, time: () => 0, ncols: 100 })]);
  await trainer.fit(train, val, { epochs: 2 });
  const lines = drawn
    .join("")
    .split("\n")
    .map((line) => line.split("\r").at(-1)?.trim());
  expect(lines[0]).toMatch(/^Epoch 1\/2: 100%\|█+\| 4\/4 .*loss=0\.\d+, acc=\S+, val_loss=\S+, val_acc=\S+\]$/);
  expect(lines[1]).toMatch(/^Epoch 2\/2: 100%/);
});

test("closes its bar when the training is cancelled", async () => {
  const closed: boolean[] = [];
  const bar = new ProgressBar({ file: null, onUpdate: (progress) => closed.push(progress.closed) });
  const controller = new AbortController();
  const stop = { name: "stop", onTrainBatchEnd: () => controller.abort() };
  const { trainer, train, val } = tinyTraining([bar, stop]);
  await trainer.fit(train, val, { epochs: 1, signal: controller.signal });
  expect(closed.at(-1)).toBe(true);
});
