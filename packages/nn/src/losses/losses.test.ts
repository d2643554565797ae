import { cpu, rand, setWarningSink, tensor } from "@kindling/core";
import { RecordingDevice } from "@kindling/core/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { BCELoss, CrossEntropyLoss, functional } from "../index.ts";
import { makeLoss } from "../testing/from-rows.ts";
import { expectGolden, fromGolden } from "../testing/golden.ts";
import golden from "./losses.golden.json" with { type: "json" };

// PyTorch warns of some of these too; here it is no matter.
beforeEach(() => setWarningSink(() => undefined));

describe("losses give PyTorch's numbers", () => {
  test.each(golden.cases.map((row, i) => [i, row.loss, Object.keys(row.options), row] as const))(
    "%i: %s %j",
    (_, loss, __, row) => {
      const input = fromGolden(row.input).requiresGrad_();
      const target = fromGolden(row.target);
      if ("targetGrad" in row) target.requiresGrad_();
      const output = makeLoss(loss, row.options)(input, target);
      expectGolden(output, row.output);
      output.mul(fromGolden(row.weight)).sum().backward();
      expectGolden(input.grad, row.inputGrad);
      if (row.targetGrad !== undefined) expectGolden(target.grad, row.targetGrad);
    },
  );
});

describe("losses refuse what PyTorch refuses", () => {
  test.each(golden.errors.map((row) => [row.loss, row.message, row] as const))("%s: %s", (loss, message, row) => {
    expect(() => makeLoss(loss, row.options)(fromGolden(row.input), fromGolden(row.target))).toThrow(
      message.replace("cross_entropy: ", ""),
    );
  });
});

describe("SmoothL1Loss", () => {
  test.each([1, 0.5, 1e6])("a difference of infinity has the derivative of the linear part, beta %d", (beta) => {
    const input = tensor([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0], { requiresGrad: true });
    const loss = functional.smoothL1Loss(input, tensor([0, 0, 0]), { beta, reduction: "sum" });
    loss.backward();
    expect(loss.itemSync()).toBe(Number.POSITIVE_INFINITY);
    expect(input.grad?.toListSync()).toEqual([1, -1, 0]);
  });

  test.each([
    ["1", "str"],
    [null, "NoneType"],
    [[1], "list"],
  ])("beta is a number: %j", (beta, found) => {
    const options = { beta: beta as never };
    expect(() => functional.smoothL1Loss(tensor([1]), tensor([1]), options)).toThrow(
      `smooth_l1_loss(): argument 'beta' must be float, not ${found}`,
    );
  });
});

describe("on another device than the cpu", () => {
  const labels = tensor([0, 1], { dtype: "int32" });
  const probabilities = tensor([[1], [0]]);

  const firsts = golden.cases.filter(
    ({ loss, target }, i) =>
      i === golden.cases.findIndex((row) => row.loss === loss && row.target.dtype === target.dtype),
  );

  test.each(firsts.map((row) => [row.loss, row.target.dtype, row] as const))(
    "%s: a target of %s that was left behind is blamed on the loss",
    (loss, _, row) => {
      const scores = fromGolden(row.input).to(new RecordingDevice(cpu, "other"));
      const functions = Object.keys(functional).join("|");
      expect(() => makeLoss(loss, row.options)(scores, fromGolden(row.target))).toThrow(
        new RegExp(
          `^(${functions}): Expected all tensors to be on the same device, but found at least two devices, other and cpu!`,
        ),
      );
    },
  );

  test("a class weight that was left behind too", () => {
    const other = new RecordingDevice(cpu, "other");
    const loss = new CrossEntropyLoss({ weight: tensor([1, 2, 3]) });
    expect(() => loss(rand([2, 3]).to(other), labels.to(other))).toThrow(/^crossEntropy: Expected all tensors/);
  });

  test("BCELoss looks at its range where the device is read at once, and costs no read where it is not", async () => {
    const other = new RecordingDevice(cpu, "other");
    const wrong = tensor([[1.5], [0.5]]).to(other);
    expect(() => new BCELoss()(wrong, probabilities.to(other))).toThrow(
      "binaryCrossEntropy: all elements of input should be between 0 and 1: got 1.5",
    );
    const slow = new RecordingDevice(cpu, "slow");
    delete (slow as { downloadSync?: unknown }).downloadSync;
    const loss = new BCELoss()(tensor([[1.5], [0.5]]).to(slow), probabilities.to(slow));
    expect(slow.reads).toBe(0);
    expect(await loss.item()).toBeNaN();
  });
});
