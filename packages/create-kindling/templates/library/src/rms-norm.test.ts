import { ones, type Tensor, tensor } from "@kindling/core";
import { gradcheck } from "@kindling/core/testing";
import { moduleLaws } from "@kindling/nn/testing";
import { describe, expect, test } from "vitest";
import { RMSNorm, rmsNorm } from "./index.ts";

const x = [
  [0.5, -1.25, 2, 0.75],
  [3, 1, -0.5, 0.25],
];

// What holds for every module: seeds, state dicts, devices, slopes, hooks, the print form, memory.
moduleLaws("RMSNorm", { make: () => new RMSNorm(4), inputs: () => [tensor(x)] });
moduleLaws("RMSNorm without a weight", {
  make: () => new RMSNorm(4, { elementwiseAffine: false }),
  inputs: () => [tensor(x)],
});

describe("rmsNorm", () => {
  test("divides by the root mean square of the last dimension", () => {
    // The root mean square of 3 and 4 is sqrt(12.5) = 3.5355.
    const [first = Number.NaN, second = Number.NaN] = rmsNorm(tensor([3, 4]), 2).toListSync() as number[];
    expect(first).toBeCloseTo(3 / Math.sqrt(12.5), 6);
    expect(second).toBeCloseTo(4 / Math.sqrt(12.5), 6);
  });

  test("zeros stay zeros", () => {
    expect(rmsNorm(tensor([[0, 0]]), 2).toListSync()).toEqual([[0, 0]]);
  });

  test("its derivatives are those of finite differences", async () => {
    const inputs = [tensor(x, { requiresGrad: true }), tensor([1, 0.5, -2, 0.1], { requiresGrad: true })];
    expect(await gradcheck((x: Tensor, weight: Tensor) => rmsNorm(x, 4, { weight }), inputs)).toBe(true);
  });

  test("another size is an error that says which was expected", () => {
    expect(() => new RMSNorm(4)(ones([2, 3]))).toThrow("expected input with shape [*, 4]");
  });
});

test("it prints like PyTorch's", () => {
  expect(String(new RMSNorm(4, { eps: 1e-5 }))).toBe("RMSNorm((4,), eps=1e-05, elementwise_affine=True)");
});
