import { expect, test } from "vitest";
import { epochLine } from "./epoch-line.ts";

test("the notes' line, as Python formats it", () => {
  const row = { epoch: 1, trainLoss: 1.829324, trainAcc: 0.5696, valLoss: 1.326286, valAcc: 0.7466 };
  expect(epochLine(row, 10)).toBe("Epoch [1/10], loss:  1.82932 val_loss:  1.32629, val_acc:  0.74660");
  const diverged = { ...row, trainLoss: Number.NaN, valLoss: Number.POSITIVE_INFINITY };
  expect(epochLine(diverged, 10)).toBe("Epoch [1/10], loss:  nan val_loss:  inf, val_acc:  0.74660");
});
