import type { SweepResult } from "@kindling/recipes";
import { curve } from "./history-svg.ts";
import { type Chart, drawCharts } from "./line-chart.ts";

/** What a sweep has shown: validation loss and accuracy of each training, over the epochs. */
export function sweepSvg(option: string, results: readonly SweepResult[]): string {
  const chart = (what: string, column: string): Chart => ({
    title: `impact of ${option}: ${what}`,
    xLabel: "epoch",
    series: results.map(({ value, history }) => ({ name: value, points: curve(history, column) })),
  });
  return drawCharts([chart("val loss", "valLoss"), chart("val accuracy", "valAcc")]);
}
