import { type DType, setWarningSink, type Tensor } from "@kindling/core";
import { beforeEach, describe, expect, test } from "vitest";
import { functional as F } from "../index.ts";
import { fromGolden, type GoldenTensor } from "../testing/golden.ts";
import golden from "./loss-dtypes.golden.json" with { type: "json" };

interface Row {
  readonly loss: keyof typeof LOSSES;
  readonly input: DType;
  readonly target: DType | "labels";
  readonly weight: DType | null;
  readonly gives?: DType;
  readonly value?: number;
  readonly message?: string;
}

type Loss = (x: Tensor, y: Tensor, weight: Tensor | null) => Tensor;

const LOSSES = {
  crossEntropy: (x, y, weight) => F.crossEntropy(x, y, { weight }),
  binaryCrossEntropy: (x, y, weight) => F.binaryCrossEntropy(x.sigmoid(), y, { weight }),
  binaryCrossEntropyWithLogits: (x, y, weight) => F.binaryCrossEntropyWithLogits(x, y, { weight, posWeight: weight }),
  mseLoss: (x, y) => F.mseLoss(x, y),
  l1Loss: (x, y) => F.l1Loss(x, y),
  smoothL1Loss: (x, y) => F.smoothL1Loss(x, y),
  nllLoss: (x, y, weight) => F.nllLoss(x, y, { weight }),
} satisfies Record<string, Loss>;

/** How exact each is: PyTorch rounds halves after every step, Kindling after every op. */
const DIGITS: Partial<Record<DType, number>> = { float64: 1e-9, float32: 1e-6, float16: 2e-3, bfloat16: 2e-2 };

beforeEach(() => setWarningSink(() => undefined));

const { given } = golden;
const [scores, weights, labels] = [given.scores, given.weight, given.labels].map((one) =>
  fromGolden(one as GoldenTensor),
) as [Tensor, Tensor, Tensor];

describe("losses of every dtype give PyTorch's result, or its message", () => {
  test.each(
    (golden.rows as readonly Row[]).map((row) => [row.loss, row.input, row.target, String(row.weight), row] as const),
  )("%s of %s and %s, weights %s", (_, __, ___, ____, { loss, input, target, weight, gives, value, message }) => {
    const y = target === "labels" ? labels : scores.softmax(1).to(target);
    const asked = () => LOSSES[loss](scores.to(input), y, weight === null ? null : weights.to(weight));
    if (message !== undefined) {
      expect(asked).toThrow(message);
      return;
    }
    const result = asked();
    expect(result.dtype).toBe(gives);
    // The coarsest of those that take part.
    const digits = Math.max(...[input, target, weight, gives].map((dtype) => DIGITS[dtype as DType] ?? 0));
    expect(Math.abs((result.toListSync() as unknown as number) - (value as number))).toBeLessThan(digits * 3);
  });
});
