import { surplusArguments } from "@kindling/core/extend";
/** The divisor of the counts: their row ("true"), their column ("pred"), or all of them. */
export type Normalize = "true" | "pred" | "all" | null;

/** Counts of (true class, predicted class): `counts[t][p]` samples of class `t` were taken for `p`. */
export class ConfusionTable {
  readonly counts: readonly (readonly number[])[];
  /** The counts, divided as `normalize` says; 0 where there is nothing to divide by. */
  readonly values: readonly (readonly number[])[];
  readonly classes: readonly string[];

  constructor(counts: readonly (readonly number[])[], normalize: Normalize = null, classes?: readonly string[]) {
    if (arguments.length > 3)
      throw surplusArguments("new ConfusionTable(counts, normalize?, classes?)", arguments.length);
    this.counts = counts;
    this.classes = classes ?? counts.map((_, i) => String(i));
    const rows = counts.map(sum);
    const columns = this.#columns();
    const all = sum(rows);
    const divisor = (row: number, column: number): number => {
      if (normalize === "true") return rows[row] as number;
      if (normalize === "pred") return columns[column] as number;
      return normalize === "all" ? all : 1;
    };
    this.values = counts.map((row, i) => row.map((count, j) => ratio(count, divisor(i, j))));
  }

  /** Samples of each class: the sums of rows. */
  get support(): number[] {
    return this.counts.map(sum);
  }

  /** Of those taken for a class, the share that is of it: `counts[c][c] / Σₜ counts[t][c]`; 0 where none was. */
  get precision(): number[] {
    return this.#columns().map((total, c) => ratio(this.counts[c]?.[c] as number, total));
  }

  /** Of those of a class, the share that was taken for it: `counts[c][c] / Σₚ counts[c][p]`; 0 where there are none. */
  get recall(): number[] {
    return this.support.map((total, c) => ratio(this.counts[c]?.[c] as number, total));
  }

  /** `2 precision recall / (precision + recall)` of each class; 0 where both are. */
  get f1(): number[] {
    const { precision, recall } = this;
    return precision.map((p, c) => ratio(2 * p * (recall[c] as number), p + (recall[c] as number)));
  }

  /** The share on the diagonal. */
  get accuracy(): number {
    return sum(this.counts.map((row, c) => row[c] as number)) / sum(this.support);
  }

  /** A table: rows are true classes, columns predicted ones, then recall; below, precision. */
  toString(): string {
    const whole = this.values.every((row) => row.every(Number.isInteger));
    const cell = (value: number): string => (whole ? String(value) : value.toFixed(3));
    const rows = [
      ["true \\ pred", ...this.classes, "recall"],
      ...this.values.map((row, c) => [
        this.classes[c] as string,
        ...row.map(cell),
        (this.recall[c] as number).toFixed(3),
      ]),
      ["precision", ...this.precision.map((value) => value.toFixed(3)), this.accuracy.toFixed(3)],
    ];
    const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
    return rows.map((row) => row.map((text, column) => text.padStart(widths[column] ?? 0)).join("  ")).join("\n");
  }

  #columns(): number[] {
    return this.counts.map((_, c) => sum(this.counts.map((row) => row[c] as number)));
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
