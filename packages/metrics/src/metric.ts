import { ValueError } from "@kindling/core";

/** Plain data, as `JSON.stringify` takes it. */
export type MetricState = Readonly<Record<string, number | readonly number[]>>;

/**
 * A number (or table) gathered over many batches, in the manner of https://lightning.ai/docs/torchmetrics.
 *
 * `update` never waits for the device: what it needs stays there until `compute` reads it, once. What it keeps belongs to
 * no scope; `reset` gives it back.
 */
export interface Metric<Inputs extends readonly unknown[], Value> {
  /** Takes in one batch. */
  update(...inputs: Inputs): void;
  /** The value over everything since the last reset. */
  compute(): Promise<Value>;
  /** Forgets everything. */
  reset(): void;
  /** What has been gathered, to go on from in another program. Reads the device. */
  stateDict(): Promise<MetricState>;
  loadStateDict(state: MetricState): void;
}

/** A number of a state. @throws ValueError where there is none. */
export function numberOf(state: MetricState, key: string): number {
  const value = state[key];
  if (typeof value === "number") return value;
  throw new ValueError(
    "loadStateDict",
    `the state has no number \`${key}\``,
    `it has ${Object.keys(state).join(", ") || "nothing"}`,
    "Give what stateDict() of the same metric gave.",
  );
}

/** A list of `length` numbers of a state. @throws ValueError where there is none. */
export function numbersOf(state: MetricState, key: string, length: number): readonly number[] {
  const value = state[key];
  if (Array.isArray(value) && value.length === length) return value;
  throw new ValueError(
    "loadStateDict",
    `the state has no ${length} numbers \`${key}\``,
    `it has ${Object.keys(state).join(", ") || "nothing"}`,
    "Give what stateDict() of the same metric gave.",
  );
}
