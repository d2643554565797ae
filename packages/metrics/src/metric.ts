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
  /** The metric's state, to continue from in another program. Reads the device. */
  stateDict(): Promise<MetricState>;
  /** @throws ValueError naming the key that is missing or wrong; the metric is then as it was. */
  loadStateDict(state: MetricState): void;
}
