import { setWarningSink } from "@kindling/core";
import { beforeEach, describe, expect, test } from "vitest";
import { BCELoss, BCEWithLogitsLoss, CrossEntropyLoss, L1Loss, type Module, MSELoss, NLLLoss } from "../index.ts";
import { expectGolden, fromGolden, optionsFromGolden } from "../testing/golden.ts";
import golden from "./losses.golden.json" with { type: "json" };

const LOSSES = { BCELoss, BCEWithLogitsLoss, CrossEntropyLoss, L1Loss, MSELoss, NLLLoss };

function make(loss: string, options: object): Module {
  return new LOSSES[loss as keyof typeof LOSSES](optionsFromGolden(options));
}

// PyTorch warns of some of these too; here it is no matter.
beforeEach(() => setWarningSink(() => undefined));

describe("losses give PyTorch's numbers", () => {
  test.each(golden.cases.map((row, i) => [i, row.loss, Object.keys(row.options), row] as const))(
    "%i: %s %j",
    (_, loss, __, row) => {
      const input = fromGolden(row.input).requiresGrad_();
      const target = fromGolden(row.target);
      if ("targetGrad" in row) target.requiresGrad_();
      const output = make(loss, row.options).forward(input, target);
      expectGolden(output, row.output);
      output.mul(fromGolden(row.weight)).sum().backward();
      expectGolden(input.grad, row.inputGrad);
      if (row.targetGrad !== undefined) expectGolden(target.grad, row.targetGrad);
    },
  );
});

describe("losses refuse what PyTorch refuses", () => {
  test.each(golden.errors.map((row) => [row.loss, row.message, row] as const))("%s: %s", (loss, message, row) => {
    expect(() => make(loss, row.options).forward(fromGolden(row.input), fromGolden(row.target))).toThrow(
      message.replace("cross_entropy: ", ""),
    );
  });
});
