import { History } from "@kindling/trainer";
import { expect, test } from "vitest";
import { sweepTable } from "./sweep.ts";

test("a line a value, and the last epoch of each", () => {
  const row = { epoch: 1, trainLoss: 0.5, trainAcc: 0.9, valLoss: 0.6, valAcc: 0.85 };
  const better = { ...row, epoch: 2, trainLoss: 0.123456, valLoss: Number.NaN, valAcc: 0.8 };
  const results = [
    { value: "50", history: new History([row, better]), seconds: 12.34 },
    { value: "1000", history: new History([row]), seconds: 3 },
  ];
  expect(sweepTable("batch-size", results)).toMatchInlineSnapshot(`
    "batch-size  train loss  train acc  val loss  val acc  best val acc  seconds
    ----------  ----------  ---------  --------  -------  ------------  -------
            50      0.1235     0.9000         -   0.8000        0.8500     12.3
          1000      0.5000     0.9000    0.6000   0.8500        0.8500      3.0"
  `);
});
