import { ValueError } from "@kindling/core";
import { describeValue, surplusArguments } from "@kindling/core/extend";

/** The columns that every history has, in order: those of the seed's table. */
export const COLUMNS = ["epoch", "trainLoss", "trainAcc", "valLoss", "valAcc"] as const;

/**
 * The numbers of an epoch. Losses are means over samples, accuracies are shares of 1; NaN also stands for what was not measured
 * (no validation, no classes). Metrics of the trainer's own follow as `trainX` and `valX`.
 */
export interface HistoryRow {
  /** From 1. */
  readonly epoch: number;
  readonly trainLoss: number;
  readonly trainAcc: number;
  readonly valLoss: number;
  readonly valAcc: number;
  readonly [metric: string]: number;
}

/** The rows of all epochs so far: array-like, and to and from CSV without losing a bit. */
export class History implements Iterable<HistoryRow> {
  readonly #rows: HistoryRow[];

  constructor(rows: Iterable<HistoryRow> = []) {
    if (arguments.length > 1) throw surplusArguments("new History(rows?)", arguments.length);
    if (typeof rows !== "object" || rows === null || !(Symbol.iterator in rows)) {
      throw new ValueError(
        "History",
        "rows must be an iterable of rows",
        `got ${describeValue(rows)}`,
        "Write new History(history.toJSON()).",
      );
    }
    this.#rows = [...rows];
  }

  /** How many epochs there are. */
  get length(): number {
    return this.#rows.length;
  }

  /** The row at `index`; negative ones count from the end. */
  at(index: number): HistoryRow | undefined {
    if (arguments.length > 1) throw surplusArguments("History.at(index)", arguments.length);
    return this.#rows.at(index);
  }

  [Symbol.iterator](): Iterator<HistoryRow> {
    return this.#rows[Symbol.iterator]();
  }

  map<R>(fn: (row: HistoryRow, index: number) => R): R[] {
    if (arguments.length > 1) throw surplusArguments("History.map(fn)", arguments.length);
    return this.#rows.map(fn);
  }

  push(row: HistoryRow): void {
    if (arguments.length > 1) throw surplusArguments("History.push(row)", arguments.length);
    this.#rows.push(row);
  }

  /** The names of the columns: the seed's five, then those of metrics. */
  get columns(): string[] {
    return [...new Set([...COLUMNS, ...this.#rows.flatMap((row) => Object.keys(row))])];
  }

  /** One column, over the epochs. */
  column(name: string): number[] {
    if (arguments.length > 1) throw surplusArguments("History.column(name)", arguments.length);
    return this.#rows.map((row) => numberIn(row, name));
  }

  /** The rows as numbers in the order of `columns`: the seed's `np.zeros((0, 5))`, filled. */
  toArray(): number[][] {
    if (arguments.length > 0) throw surplusArguments("History.toArray()", arguments.length);
    const { columns } = this;
    return this.#rows.map((row) => columns.map((name) => numberIn(row, name)));
  }

  /** The rows as plain objects. */
  toJSON(): HistoryRow[] {
    return [...this.#rows];
  }

  /** The epochs as a table, for people: six digits, and a dash for what was not measured. */
  toString(): string {
    const lines = [this.columns, ...this.#cells((x) => String(Number(x.toPrecision(6))), "-")];
    const widths = this.columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
    return lines.map((line) => line.map((text, i) => text.padStart(widths[i] ?? 0)).join("  ")).join("\n");
  }

  /** As Node's `console.log` prints it. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** A line of names, then a line an epoch; numbers in full, a loss that is NaN too, and nothing for what was not measured. */
  toCsv(): string {
    if (arguments.length > 0) throw surplusArguments("History.toCsv()", arguments.length);
    const lines = this.#cells(String, "").map((row) => row.join(","));
    return `${[this.columns.join(","), ...lines].join("\n")}\n`;
  }

  /**
   * A loss that has diverged is NaN, not a gap: that of the training always, that of the validation where its accuracy is a number or, without
   * accuracies, another epoch's loss is.
   */
  #cells(written: (x: number) => string, absent: string): string[][] {
    const hasNumber = (name: string): boolean => this.column(name).some((x) => !Number.isNaN(x));
    const [losses, accuracies] = [hasNumber("valLoss"), hasNumber("valAcc")];
    const { columns } = this;
    return this.#rows.map((row) => {
      const validated = accuracies ? !Number.isNaN(numberIn(row, "valAcc")) : losses;
      return columns.map((name) => {
        const x = numberIn(row, name);
        const measured = !Number.isNaN(x) || name === "trainLoss" || (name === "valLoss" && validated);
        return measured ? written(x) : absent;
      });
    });
  }

  /**
   * Reads the text that `toCsv` writes.
   *
   * @throws ValueError where the columns or a number are not what a history has
   */
  static fromCsv(text: string): History {
    if (arguments.length > 1) throw surplusArguments("History.fromCsv(text)", arguments.length);
    const [head = "", ...lines] = text.trimEnd().split(/\r?\n/);
    const columns = head.split(",");
    if (COLUMNS.some((name, i) => columns[i] !== name)) {
      throw new ValueError("History.fromCsv", `the first line must start with ${COLUMNS.join(",")}`, head.slice(0, 80));
    }
    return new History(lines.map((line, i) => parseRow(line, i + 2, columns)));
  }
}

/** NaN where the row has no such column. */
function numberIn(row: HistoryRow, name: string): number {
  return (Object.hasOwn(row, name) ? row[name] : undefined) ?? Number.NaN;
}

function parseRow(line: string, number: number, columns: readonly string[]): HistoryRow {
  const cells = line.split(",");
  const values = cells.map((cell) => (cell === "" ? Number.NaN : Number(cell)));
  const wrong = cells.find((cell, i) => cell !== "" && cell !== "NaN" && Number.isNaN(values[i]));
  if (wrong !== undefined || cells.length !== columns.length || !Number.isInteger(values[0])) {
    throw new ValueError("History.fromCsv", `line ${number} must hold ${columns.length} numbers`, line.slice(0, 80));
  }
  return Object.fromEntries(columns.map((name, i) => [name, values[i]])) as unknown as HistoryRow;
}
