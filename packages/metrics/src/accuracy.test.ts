import { type Tensor, tensor } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { Accuracy } from "./accuracy.ts";
import { metricLaws } from "./testing/metric-laws.ts";

const int = (...values: number[]): Tensor => tensor(values, { dtype: "int64" });
const scores = (): Tensor =>
  tensor([
    [0.1, 0.7, 0.2],
    [0.5, 0.3, 0.2],
    [0.2, 0.3, 0.5],
    [0.4, 0.35, 0.25],
  ]); // 1 0 2 0

metricLaws("Accuracy", {
  make: () => new Accuracy(),
  batches: () => [
    [scores(), int(1, 0, 1, 2)],
    [scores(), int(1, 0, 2, 0)],
    [int(1, 2), int(1, 0)],
  ],
  expected: 7 / 10,
});

metricLaws("Accuracy, top 2, one class ignored", {
  make: () => new Accuracy({ topK: 2, ignoreIndex: 1 }),
  batches: () => [
    [scores(), int(1, 0, 1, 2)], // of 0 and 2: hit, miss
    [scores(), int(2, 2, 2, 0)], // hit, miss, hit, hit
  ],
  expected: 4 / 6,
});

const accuracy = async (preds: Tensor, target: Tensor, options = {}): Promise<number> => {
  const metric = new Accuracy(options);
  metric.update(preds, target);
  return metric.compute();
};

describe("by hand", () => {
  test.each([
    [{}, int(1, 0, 1, 2), 2 / 4],
    [{ topK: 2 }, int(1, 0, 1, 2), 3 / 4],
    [{ topK: 3 }, int(1, 0, 1, 2), 1],
    [{ ignoreIndex: 2 }, int(1, 0, 1, 2), 2 / 3],
    [{ ignoreIndex: -100 }, int(1, -100, -100, 2), 1 / 2],
    [{ topK: 2, ignoreIndex: -100 }, int(1, -100, 0, 1), 2 / 3],
  ])("%o", async (options, target, expected) => {
    expect(await accuracy(scores(), target, options)).toBeCloseTo(expected, 12);
  });

  test("of two equal scores the first one counts, as argmax says", async () => {
    expect(await accuracy(tensor([[0.5, 0.5]]), int(0))).toBe(1);
    expect(await accuracy(tensor([[0.5, 0.5]]), int(1))).toBe(0);
  });

  test("a class for every pixel", async () => {
    const preds = tensor([[[[0.9, 0.1]], [[0.1, 0.9]]]]); // [1, 2, 1, 2]: classes 0 and 1
    expect(await accuracy(preds, tensor([[[0, 0]]], { dtype: "int64" }))).toBe(0.5);
  });

  test("before the first update there is no value", async () => {
    expect(await new Accuracy().compute()).toBeNaN();
  });

  test("does not hold the graph of what it is given", () => {
    const preds = scores().requiresGrad_();
    const metric = new Accuracy();
    metric.update(preds.mul(2), int(1, 0, 1, 2));
    expect(preds.grad).toBe(null);
  });
});

describe("what does not fit, in torchmetrics' words", () => {
  const cases: [string, () => Promise<number>, string][] = [
    [
      "shapes",
      () => accuracy(scores(), int(1, 0, 1)),
      "Accuracy: Either `preds` and `target` both should have the (same) shape (N, ...), or `target` should be (N, ...) and " +
        "`preds` should be (N, C, ...): preds are [4, 3] and target [3]. Classes are dimension 1 of scores.",
    ],
    [
      "float labels",
      () => accuracy(scores(), tensor([1, 0, 1, 2])),
      "Accuracy: The `target` has to be an integer tensor: its dtype is float32. Convert it: target.long().",
    ],
    [
      "float classes",
      () => accuracy(tensor([1, 0]), int(1, 0)),
      "Accuracy: If `preds` and `target` have the same shape, `preds` should be an int tensor: the dtype is float32. " +
        "Give classes: scores.argmax(1).",
    ],
    [
      "integer scores",
      () => accuracy(scores().int(), int(1, 0, 1, 2)),
      "Accuracy: If `preds` have one dimension more than `target`, `preds` should be a float tensor: the dtype is int32. " +
        "Give scores or probabilities.",
    ],
    [
      "top 2 of classes",
      () => accuracy(int(1, 0), int(1, 0), { topK: 2 }),
      "Accuracy: If `preds` are classes, `top_k` must be 1: it is 2. Give scores, [N, C].",
    ],
    [
      "top 0",
      () => accuracy(int(1, 0), int(1, 0), { topK: 0 }),
      "Accuracy: Argument `top_k` has to be a positive integer: got 0. Omit it for the best score alone.",
    ],
  ];

  test.each(cases)("%s", async (_, compute, message) => {
    await expect(compute).rejects.toThrow(message);
  });
});

test("an option that does not exist is refused", () => {
  expect(() => new Accuracy({ top_k: 2 } as object)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: Accuracy: Accuracy.__init__() got an unexpected keyword argument 'top_k'. Did you mean topK? Its options are: topK, ignoreIndex.]`,
  );
});
