import type { SweepResult } from "@kindling/recipes";
import { curve } from "./history-svg.ts";
import { type Chart, drawCharts } from "./line-chart.ts";

/** What a sweep has shown: the last accuracies against what was swept over, and validation over the epochs. */
export function sweepSvg(option: string, results: readonly SweepResult[]): string {
  const last = (column: string) =>
    results.map(({ history }, i) => [i, history.at(-1)?.[column] ?? Number.NaN] as const);
  const impact: Chart = {
    title: `impact of ${option}: accuracy`,
    xLabel: option,
    xNames: results.map(({ value }) => value),
    series: [
      { name: "train", points: last("trainAcc") },
      { name: "val", points: last("valAcc") },
    ],
  };
  const overEpochs = (what: string, column: string): Chart => ({
    title: what,
    xLabel: "epoch",
    series: results.map(({ value, history }) => ({ name: value, points: curve(history, column) })),
  });
  return drawCharts([impact, overEpochs("val loss", "valLoss"), overEpochs("val accuracy", "valAcc")]);
}
