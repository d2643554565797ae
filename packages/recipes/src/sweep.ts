import type { History } from "@kindling/trainer";

/** One training of a sweep. */
export interface SweepResult {
  /** What was swept over had this value. */
  readonly value: string;
  readonly history: History;
  /** For training and validation, in all. */
  readonly seconds: number;
}

/**
 * The notes' last section, "impact of batch size", for any option: the last epoch of each training, a line each.
 *
 * @param name of the option, as the head of the first column
 */
export function sweepTable(name: string, results: readonly SweepResult[]): string {
  const head = [name, "train loss", "train acc", "val loss", "val acc", "best val acc", "seconds"];
  const rows = results.map(({ value, history, seconds }) => {
    const last = history.at(-1);
    const numbers = [
      last?.trainLoss,
      last?.trainAcc,
      last?.valLoss,
      last?.valAcc,
      Math.max(...history.column("valAcc")),
    ];
    return [
      value,
      ...numbers.map((x) => (x === undefined || !Number.isFinite(x) ? "-" : x.toFixed(4))),
      seconds.toFixed(1),
    ];
  });
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] as string).length)));
  const line = (cells: readonly string[]) => cells.map((cell, i) => cell.padStart(widths[i] as number)).join("  ");
  return [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}
