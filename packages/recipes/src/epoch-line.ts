import type { HistoryRow } from "@kindling/trainer";

/**
 * The line that the notes print after each epoch, `f'{x: .5f}'` with its place for a sign:
 * `Epoch [1/10], loss:  1.82932 val_loss:  1.32629, val_acc:  0.74660`. Losses are means over samples.
 */
export function epochLine({ epoch, trainLoss, valLoss, valAcc }: HistoryRow, epochs: number): string {
  return `Epoch [${epoch}/${epochs}], loss: ${fixed(trainLoss)} val_loss: ${fixed(valLoss)}, val_acc: ${fixed(valAcc)}`;
}

/** Python's `f'{x: .5f}'`. */
function fixed(x: number): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? " nan" : x > 0 ? " inf" : "-inf";
  return `${x < 0 ? "" : " "}${x.toFixed(5)}`;
}
