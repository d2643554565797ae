import { manualSeed, ones, setWarningSink, type Tensor, tensor, zeros } from "@kindling/core";
import { beforeEach, describe, expect, test } from "vitest";
import { Conv2d, functional as F } from "../index.ts";

let warnings: string[] = [];
beforeEach(() => {
  warnings = [];
  return setWarningSink((message) => warnings.push(message));
});

describe("warnings, once each", () => {
  test.each([F.mseLoss, F.l1Loss])("broadcasting a target", (loss) => {
    loss(zeros([3, 1]), zeros([3]));
    loss(zeros([3, 1]), zeros([3]));
    expect(warnings).toEqual([
      "Using a target size (torch.Size([3])) that is different to the input size (torch.Size([3, 1])). This will likely lead to incorrect results due to broadcasting. Please ensure they have the same size.",
    ]);
  });

  test("a softmax without its dimension", () => {
    expect(F.softmax(ones([2, 2, 2])).toListSync()).toEqual(F.softmax(ones([2, 2, 2]), 0).toListSync());
    F.logSoftmax(ones([2]));
    expect(warnings[0]).toContain(
      "Implicit dimension choice for softmax has been deprecated. Change the call to include dim=X as an argument.",
    );
    expect(warnings[1]).toContain("Implicit dimension choice for log_softmax has been deprecated.");
  });
});

describe("dropout2d", () => {
  test("drops whole channels, with one draw each, in place too", () => {
    manualSeed(3);
    const x = ones([4, 8, 2, 3]);
    expect(F.dropout2d(x, { inplace: true })).toBe(x);
    manualSeed(3);
    const mask = F.dropout(ones([4, 8])).reshape([4, 8, 1, 1]);
    expect(x.toListSync()).toEqual(mask.expand([4, 8, 2, 3]).toListSync());
    expect(F.dropout2d(x, { training: false })).toBe(x);
  });

  test("says what it makes of other dimensions", () => {
    F.dropout2d(ones([2, 3, 4]));
    F.dropout2d(ones([2, 3]));
    expect(warnings[0]).toContain(
      "Received a 3D input to dropout2d and assuming that channel-wise 1D dropout behavior is desired",
    );
    expect(warnings[1]).toContain("Received a 2-D input to dropout2d, which is deprecated and will result in an error");
  });
});

describe("activations in place", () => {
  test.each([
    ["leakyRelu", (x: Tensor) => F.leakyRelu(x, { inplace: true }), (x: Tensor) => F.leakyRelu(x)],
    ["elu", (x: Tensor) => F.elu(x, { inplace: true }), (x: Tensor) => F.elu(x)],
    ["silu", (x: Tensor) => F.silu(x, { inplace: true }), (x: Tensor) => F.silu(x)],
  ] as const)("%s gives the same tensor and the same gradient", (_, inPlace, plain) => {
    const [a, b] = [tensor([-1.5, 0, 2]).requiresGrad_(), tensor([-1.5, 0, 2]).requiresGrad_()];
    const x = a.mul(2);
    expect(inPlace(x)).toBe(x);
    x.square().sum().backward();
    plain(b.mul(2)).square().sum().backward();
    expect(a.grad?.toListSync()).toEqual(b.grad?.toListSync());
    expect(() => inPlace(a)).toThrow("a leaf Variable that requires grad is being used in an in-place operation.");
  });
});

describe("batchNorm", () => {
  const x = tensor([
    [1, 2],
    [3, 6],
  ]);

  test("a momentum that only the device knows", () => {
    const [byNumber, byTensor] = [0.25, tensor(0.25)].map((momentum) => {
      const [mean, variance] = [zeros([2]), ones([2])];
      F.batchNorm(x, mean, variance, { training: true, momentum });
      return [mean.toListSync(), variance.toListSync()];
    });
    expect(byNumber).toEqual(byTensor);
    expect(byNumber).toEqual([
      [0.5, 1],
      [1.25, 2.75],
    ]);
  });

  test("needs statistics for evaluation", () => {
    expect(() => F.batchNorm(x, null, ones([2]))).toThrow("running_mean must be defined in evaluation mode");
    expect(() => F.batchNorm(x, zeros([2]), null)).toThrow("running_var must be defined in evaluation mode");
  });
});

describe("embedding", () => {
  test("rows are told apart by whole numbers in range, and the way out is told", () => {
    const rows = ones([3, 2]);
    expect(() => F.embedding(tensor([3], { dtype: "int64" }), rows)).toThrow("index out of range in self");
    expect(() => F.embedding(tensor([0.5]), rows)).toThrow("Rows are named by whole numbers: index.long().");
    expect(F.embedding(tensor([2, 0], { dtype: "uint8" }), rows).shape).toEqual([2, 2]);
  });
});

describe("pad", () => {
  const x = tensor([1, 2, 3]).reshape([1, 1, 3]);
  test.each([
    ["constant", [9, 9, 1, 2, 3, 9]],
    ["reflect", [3, 2, 1, 2, 3, 2]],
    ["replicate", [1, 1, 1, 2, 3, 3]],
    ["circular", [2, 3, 1, 2, 3, 1]],
  ] as const)("%s", (mode, expected) => {
    expect(F.pad(x, [2, 1], { mode, value: 9 }).flatten().toListSync()).toEqual(expected);
    expect(F.pad(x, [-1, 0], { mode }).flatten().toListSync()).toEqual([2, 3]);
  });

  test("refuses other modes", () => {
    for (const mode of ["mirror", "constructor", "toString"]) {
      expect(() => F.pad(x, [1, 1], { mode: mode as "reflect" })).toThrow(`Unrecognised padding mode ${mode}`);
    }
  });
});

describe("dropout", () => {
  test("outside training gives its input back", () => {
    const x = ones([3]);
    expect(F.dropout(x, { training: false })).toBe(x);
    expect(F.dropout(x, { p: 0 })).toBe(x);
  });

  test("in place changes its input", () => {
    manualSeed(0);
    const x = ones([50]);
    expect(F.dropout(x, { inplace: true })).toBe(x);
    expect(new Set(x.toTypedArraySync())).toEqual(new Set([0, 2]));
  });

  test("p is a probability", () => {
    expect(() => F.dropout(ones([1]), { p: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: dropout: dropout probability has to be between 0 and 1, but got 1.5. It is the share that is dropped.]`,
    );
    expect(() => F.dropout(ones([1]), { p: Number.NaN })).toThrow("between 0 and 1, but got NaN");
  });
});

describe("crossEntropy", () => {
  const scores = tensor([
    [1, 2, 3],
    [1, 0, 0],
  ]);

  test("labels of one byte are as good", () => {
    const labels = [2, 0];
    const loss = F.crossEntropy(scores, tensor(labels, { dtype: "uint8" })).itemSync();
    expect(loss).toBeCloseTo(0.4795253, 6);
    expect(loss).toBe(F.crossEntropy(scores, tensor(labels, { dtype: "int64" })).itemSync());
  });

  test("scores of minus infinity for other classes do no harm", () => {
    const masked = tensor([[0, Number.NEGATIVE_INFINITY, 0]]).requiresGrad_();
    const loss = F.crossEntropy(masked, tensor([0], { dtype: "int64" }));
    expect(loss.itemSync()).toBeCloseTo(Math.LN2, 6);
    loss.backward();
    expect(masked.grad?.toListSync()).toEqual([[-0.5, 0, 0.5]]);
  });

  test("the way out is told", () => {
    const call = (labels: number[]) => () => F.crossEntropy(scores, tensor(labels, { dtype: "int64" }));
    expect(call([0, 3])).toThrowErrorMatchingInlineSnapshot(
      `[IndexOutOfRangeError: crossEntropy: Target 3 is out of bounds. There are 3 classes, so labels lie between 0 and 2; -100 is ignored.]`,
    );
    expect(call([0, 1, 2])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: crossEntropy: Expected input batch_size (2) to match target batch_size (3). Scores are [2, 3] and labels [3] here; they must be [N, C] and [N], with further dimensions in both.]`,
    );
    expect(() => F.crossEntropy(scores, tensor([0, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: crossEntropy: expected target dtype to be Long or Byte, but got Float: expected scalar type Long but found Float. Class labels are integers: labels.long(); class probabilities have the shape of the scores.]`,
    );
    expect(() => F.crossEntropy(scores, tensor([0, 1]))).toThrow("expected scalar type Long but found Float");
  });

  test.each([
    [[], [], "Expected 1 or more dimensions (got 0)", "nllLoss"],
    [[3], [2], "For 1D input, 1D target must have size 1, but got target size: 2", "crossEntropy"],
    [[2, 3, 4, 5], [2, 4, 4], "Expected target size [2, 4, 5], got [2, 4, 4]", "crossEntropy"],
    [[2, 3], [], "Expected input batch_size (2) to match target batch_size (0).", "crossEntropy"],
  ] as const)("scores %j with labels %j", (input, target, message, loss) => {
    expect(() => F[loss](zeros(input), zeros(target, { dtype: "int64" }))).toThrow(message);
  });

  test("is differentiable again", () => {
    const x = scores.clone().requiresGrad_();
    const loss = F.crossEntropy(x, tensor([2, 0], { dtype: "int64" }));
    loss.backward({ createGraph: true });
    expect(x.grad?.requiresGrad).toBe(true);
  });
});

describe("pad with a negative side", () => {
  const line = tensor([[[0, 1, 2, 3, 4]]]);

  test.each([
    [
      [-1, 3],
      [1, 2, 3, 4, 1, 2, 3],
    ],
    [
      [3, -1],
      [1, 2, 3, 0, 1, 2, 3],
    ],
    [
      [-1, -1],
      [1, 2, 3],
    ],
    [[-5, 0], []],
  ])("circular by %j goes round what is left", (padding, expected) => {
    expect(F.pad(line, padding, { mode: "circular" }).flatten().toListSync()).toEqual(expected);
  });

  test.each(["replicate", "reflect"] as const)("%s to nothing is refused", (mode) => {
    expect(() => F.pad(line, [-5, 0], { mode })).toThrow("input (W: 5) is too small. Calculated output W: 0");
    expect(() => F.pad(line, [-3, -3], { mode })).toThrow("input (W: 5) is too small. Calculated output W: -1");
    expect(() => F.pad(zeros([1, 1, 3, 4]), [-4, 0, 0, 0], { mode })).toThrow(
      "Calculated output H: 3 W: 0 must be >= 1 in every dimension (input H: 3, W: 4)",
    );
  });

  test("circular goes round once, and crops no more than there is", () => {
    expect(() => F.pad(line, [-4, 2], { mode: "circular" })).toThrow("wrapping around more than once");
    expect(() => F.pad(line, [-3, -3], { mode: "circular" })).toThrow(
      "Negative padding value is resulting in an empty dimension",
    );
  });
});

describe("batchNorm of what has no statistics", () => {
  test("an empty batch in training leaves the running ones", () => {
    const [mean, variance, x] = [zeros([2]), ones([2]), zeros([0, 2, 3]).requiresGrad_()];
    const weight = ones([2]).requiresGrad_();
    F.batchNorm(x, mean, variance, { training: true, weight }).sum().backward();
    expect([mean.toListSync(), variance.toListSync()]).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect([x.grad?.shape, weight.grad?.toListSync()]).toEqual([
      [0, 2, 3],
      [0, 0],
    ]);
  });

  test.each([true, false])("whole numbers are refused, training %s", (training) => {
    const x = zeros([3, 2], { dtype: "int64" });
    expect(() => F.batchNorm(x, zeros([2]), ones([2]), { training })).toThrow(
      "\"batch_norm\" not implemented for 'Long'",
    );
  });
});

test("elu passes the gradient of NaN on", () => {
  const x = tensor([Number.NaN, 0, -0, Number.NEGATIVE_INFINITY, 3]).requiresGrad_();
  F.elu(x, { alpha: 2 }).sum().backward();
  expect(x.grad?.toListSync()).toEqual([1, 2, 2, 0, 1]);
});

test("a convolution without a kernel is refused when it is called, as PyTorch does", () => {
  const layer = new Conv2d(1, 1, 0);
  expect(() => layer(zeros([1, 1, 3, 3]))).toThrow(
    "kernel size should be greater than zero, but got kernel_height: 0 kernel_width: 0",
  );
});
