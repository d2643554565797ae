import { expect, test } from "vitest";
import { POLL } from "./setup/poll.ts";
import { Visitor } from "./setup/visitor.ts";

/** PyTorch's numbers for seed 123. */
const UNBROKEN = [
  { epoch: 1, trainLoss: "1.8293", trainAcc: "0.5696", valLoss: "1.3263", valAcc: "0.7466" },
  { epoch: 2, trainLoss: "1.0389", trainAcc: "0.7954", valLoss: "0.7966", valAcc: "0.8318" },
  { epoch: 3, trainLoss: "0.7081", trainAcc: "0.8411", valLoss: "0.6026", valAcc: "0.8585" },
];

test("a training that is reloaded, dies and is stopped comes to the digits of an unbroken one", async () => {
  await using visitor = await Visitor.arrive();
  const { page } = visitor;
  await visitor.open("device=wasm&epochs=3");
  await visitor.press("start");

  // Held in the middle of the first epoch, and the page reloaded.
  await visitor.reached(1, 40);
  await visitor.press("pause");
  await visitor.until("Paused");
  const { batch } = await visitor.position();
  await page.reload();
  await visitor.until("Stopped in epoch 1 of 3");
  await page.getByText("Run 1 is restored: 0 of 3 epochs are done.").waitFor();
  await visitor.press("go-on");
  await visitor.reached(1, batch);

  // The worker vanishes without a word.
  await visitor.reached(2, 30);
  await visitor
    .trainer()
    .evaluate(() => close())
    .catch(() => {});
  await page.getByText("Training was interrupted (the browser ended it)").waitFor();
  await visitor.reached(2, 60);

  // And then throws.
  await visitor.trainer().evaluate(() => {
    setTimeout(() => {
      throw new Error("out of luck");
    });
  });
  await page.getByText(/Training was interrupted \(.*out of luck/).waitFor();

  // Stopped in the middle of the last epoch, and gone on with.
  await visitor.reached(3, 20);
  await visitor.press("stop");
  await visitor.until("Stopped in epoch 3 of 3");
  await visitor.press("go-on");
  await visitor.until("Done: all 3 epochs");
  await expect.poll(() => visitor.rows(), POLL).toEqual(UNBROKEN);
  expect(visitor.complaints).toEqual([]);
}, 120_000);

test("a training that is stopped while it is held stays where it is", async () => {
  await using visitor = await Visitor.arrive();
  await visitor.open("device=wasm&epochs=1&hidden=8");
  await visitor.press("step");
  await visitor.until("Paused");
  await expect.poll(() => visitor.position(), POLL).toEqual({ epoch: 1, batch: 1 });
  await visitor.press("stop");
  await visitor.until("Stopped in epoch 1 of 1");
  await visitor.press("go-on");
  await visitor.reached(1, 2);
  await visitor.press("pause");
  await visitor.until("Paused");
  expect(visitor.complaints).toEqual([]);
});
