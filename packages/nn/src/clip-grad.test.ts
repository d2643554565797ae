import { memory, scope, tensor, zeros } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { clipGradNorm_, clipGradValue_, Linear } from "./index.ts";
import golden from "./module.golden.json" with { type: "json" };
import { expectGolden, fromGolden, type GoldenTensor } from "./testing/golden.ts";

/** A parameter with this gradient. */
function withGrad(grad: GoldenTensor) {
  const parameter = zeros(grad.shape).requiresGrad_();
  parameter.grad = fromGolden(grad);
  return parameter;
}

describe("clipGradNorm_", () => {
  test.each(golden.clipGradNorm.map((row) => [row.maxNorm, row.normType, row] as const))(
    "to %d, norm %s",
    (maxNorm, normType, row) => {
      const parameters = row.grads.map(withGrad);
      const type = (normType as number | string) === "inf" ? Number.POSITIVE_INFINITY : Number(normType);
      const total = clipGradNorm_(parameters, maxNorm, { normType: type });
      expect(total.itemSync()).toBeCloseTo(row.total, 5);
      parameters.forEach(({ grad }, i) => {
        expectGolden(grad, row.clipped[i] as GoldenTensor);
      });
    },
  );

  test("parameters without a gradient do not count; none at all give 0", () => {
    const parameter = zeros([2]).requiresGrad_();
    expect(clipGradNorm_(parameter, 1).itemSync()).toBe(0);
    expect(clipGradNorm_([], 1).itemSync()).toBe(0);
  });

  test("a norm that is not finite is an error where that is asked for", () => {
    const parameter = withGrad({ shape: [2], dtype: "float32", data: [1, "inf"] });
    const [row] = golden.clipGradNormNonfinite;
    expect(() => clipGradNorm_(parameter, 1, { errorIfNonfinite: true })).toThrow(row?.message);
    expect(parameter.grad?.toListSync()).toEqual([1, Number.POSITIVE_INFINITY]);
  });

  test("leaves nothing but the norm behind", () => {
    const parameter = withGrad({ shape: [2], dtype: "float32", data: [3, 4] });
    clipGradNorm_(parameter, 1);
    const before = memory().tensors;
    scope(() => {
      clipGradNorm_(parameter, 0.5);
    });
    expect(memory().tensors).toBe(before);
  });
});

describe("clipGradValue_", () => {
  test.each(golden.clipGradValue.map((row) => [row.clipValue, row] as const))("to %d", (clipValue, row) => {
    const parameter = withGrad(row.grad);
    clipGradValue_(parameter, clipValue);
    expectGolden(parameter.grad, row.clipped);
  });

  test("takes several and skips those without a gradient", () => {
    const parameter = withGrad({ shape: [1], dtype: "float32", data: [3] });
    clipGradValue_([tensor([1]), parameter], 2);
    expect(parameter.grad?.toListSync()).toEqual([2]);
  });
});

test("what is no limit, and what holds no parameters, is refused before a gradient changes", () => {
  const parameter = withGrad({ shape: [2], dtype: "float32", data: [3, 4] });
  expect(() => clipGradNorm_([parameter], { maxNorm: 1 } as never)).toThrow(
    "clipGradNorm_: maxNorm must be a number: got an object. Write clipGradNorm_(net.parameters(), 1).",
  );
  expect(() => clipGradValue_([parameter], "1" as never)).toThrow('clipValue must be a number: got "1"');
  expect(() => clipGradNorm_(new Linear(2, 2) as never, 1)).toThrow(
    "clipGradNorm_: parameters must be a Tensor or an iterable of Tensors: got a Linear. Pass net.parameters().",
  );
  expect(() => clipGradValue_([parameter, 3] as never, 1)).toThrow("got 3. Pass net.parameters().");
  expect(parameter.grad?.toListSync()).toEqual([3, 4]);
});
