import { cpu, rand, setWarningSink, type Tensor, tensor } from "@kindling/core";
import { RecordingDevice } from "@kindling/core/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { BCELoss, BCEWithLogitsLoss, CrossEntropyLoss, L1Loss, type Module, MSELoss, NLLLoss } from "../index.ts";
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
      const output = makeLoss(loss, row.options).forward(input, target);
      expectGolden(output, row.output);
      output.mul(fromGolden(row.weight)).sum().backward();
      expectGolden(input.grad, row.inputGrad);
      if (row.targetGrad !== undefined) expectGolden(target.grad, row.targetGrad);
    },
  );
});

describe("losses refuse what PyTorch refuses", () => {
  test.each(golden.errors.map((row) => [row.loss, row.message, row] as const))("%s: %s", (loss, message, row) => {
    expect(() => makeLoss(loss, row.options).forward(fromGolden(row.input), fromGolden(row.target))).toThrow(
      message.replace("cross_entropy: ", ""),
    );
  });
});

describe("on another device than the cpu", () => {
  const labels = tensor([0, 1], { dtype: "int32" });
  const probabilities = tensor([[1], [0]]);

  test.each<[string, () => Module, Tensor]>([
    ["crossEntropy", () => new CrossEntropyLoss(), labels],
    ["crossEntropy", () => new CrossEntropyLoss(), rand([2, 3])],
    ["nllLoss", () => new NLLLoss(), labels],
    ["mseLoss", () => new MSELoss(), rand([2, 3])],
    ["l1Loss", () => new L1Loss(), rand([2, 3])],
    ["binaryCrossEntropy", () => new BCELoss(), rand([2, 3])],
    ["binaryCrossEntropyWithLogits", () => new BCEWithLogitsLoss(), rand([2, 3])],
  ])("%s: a target that was left behind is blamed on the loss", (op, make, target) => {
    const scores = rand([2, 3]).to(new RecordingDevice(cpu, "other"));
    expect(() => make().forward(scores, target)).toThrow(
      `${op}: Expected all tensors to be on the same device, but found at least two devices, other and cpu!`,
    );
  });

  test("a class weight that was left behind too", () => {
    const other = new RecordingDevice(cpu, "other");
    const loss = new CrossEntropyLoss({ weight: tensor([1, 2, 3]) });
    expect(() => loss.forward(rand([2, 3]).to(other), labels.to(other))).toThrow(/^crossEntropy: Expected all tensors/);
  });

  test("BCELoss looks at its range where the device is read at once, and costs no read where it is not", async () => {
    const other = new RecordingDevice(cpu, "other");
    const wrong = tensor([[1.5], [0.5]]).to(other);
    expect(() => new BCELoss().forward(wrong, probabilities.to(other))).toThrow(
      "binaryCrossEntropy: all elements of input should be between 0 and 1: got 1.5",
    );
    const slow = new RecordingDevice(cpu, "slow");
    delete (slow as { downloadSync?: unknown }).downloadSync;
    const loss = new BCELoss().forward(tensor([[1.5], [0.5]]).to(slow), probabilities.to(slow));
    expect(slow.reads).toBe(0);
    expect(await loss.item()).toBeNaN();
  });
});
