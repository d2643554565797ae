import type { History } from "@kindling/trainer";
import { type Chart, drawCharts } from "./line-chart.ts";

/** The curves of a training: losses on the left, accuracies on the right. */
export function historySvg(history: History, title: string): string {
  const chart = (what: string, train: string, val: string): Chart => ({
    title: `${title}: ${what}`,
    xLabel: "epoch",
    series: [
      { name: "train", points: curve(history, train) },
      { name: "val", points: curve(history, val) },
    ],
  });
  return drawCharts([chart("loss", "trainLoss", "valLoss"), chart("accuracy", "trainAcc", "valAcc")]);
}

/** `[epoch, value]` of one column. */
export function curve(history: History, column: string): [number, number][] {
  return history.map((row) => [row.epoch, row[column] ?? Number.NaN]);
}
