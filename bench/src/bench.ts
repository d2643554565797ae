import type { Contestant, Outcome } from "./run/contestant.ts";

/** What a benchmark may be asked for; each says which of it it heeds. */
export interface BenchOptions {
  /** The folder with `MNIST/raw/...`. */
  readonly root: string;
  readonly device: string;
  /** How often each contestant is run. */
  readonly rounds: number;
  /** Of each run. */
  readonly epochs: number;
  /** Run Kindling's sources instead of what was built. */
  readonly source: boolean;
}

/** One comparison: who takes part, and what to say of the outcomes. */
export interface Bench {
  readonly name: string;
  /** A line for the help. */
  readonly about: string;
  readonly defaults: { readonly rounds: number; readonly epochs: number };
  contestants(options: BenchOptions): Contestant[] | Promise<Contestant[]>;
  /** Markdown. */
  tell(outcomes: ReadonlyMap<string, Outcome>, contestants: readonly Contestant[], options: BenchOptions): string;
}
