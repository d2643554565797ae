import { expect, test } from "vitest";
import { operationsOf } from "./workload.ts";

test("the operations of a step, counted by hand", () => {
  // Forwards and for the weights: 784 x 128 and 128 x 10; for the input of the second layer: 128 x 10.
  expect(operationsOf({ model: "mlp", batchSize: 1 })).toBe(2 * (2 * 100_352 + 3 * 1280));
  // The second convolution alone is 576 places, 64 x 32 channels, 9 points.
  const others = 2 * (2 * 194_688 + 3 * (1_179_648 + 1280));
  expect(operationsOf({ model: "cnn", batchSize: 64 })).toBe(64 * (others + 2 * 3 * 576 * 2048 * 9));
});
