import { isAbsent, type Outcome } from "../run/contestant.ts";
import { median } from "./median.ts";

/** The median of all samples of all rounds. NaN where there are none. */
export function medianOf(outcome: Outcome | undefined, key: string): number {
  return median(roundMedians(outcome, key, true));
}

/** The largest of all samples of all rounds: of a rate, what the machine gave when nobody disturbed it. */
export function bestOf(outcome: Outcome | undefined, key: string): number {
  const values = roundMedians(outcome, key, true);
  return values.length === 0 ? Number.NaN : Math.max(...values);
}

/** The median over the rounds of the first sample of each: what a program takes that has only just begun. */
export function firstOf(outcome: Outcome | undefined, key: string): number {
  if (outcome === undefined || isAbsent(outcome)) return Number.NaN;
  return median(outcome.rounds.flatMap((samples) => samples.slice(0, 1).map((sample) => sample[key] ?? Number.NaN)));
}

/** How many times `a` is of `b`, round by round, and the median of that: a slow quarter of an hour cancels out. */
export function ratioOf(a: Outcome | undefined, b: Outcome | undefined, key: string): number {
  const divisors = roundMedians(b, key, false);
  return median(roundMedians(a, key, false).map((value, round) => value / (divisors[round] ?? Number.NaN)));
}

function roundMedians(outcome: Outcome | undefined, key: string, flat: boolean): number[] {
  if (outcome === undefined || isAbsent(outcome)) return [];
  const rounds = outcome.rounds.map((samples) => samples.map((sample) => sample[key] ?? Number.NaN));
  return flat ? rounds.flat() : rounds.map(median);
}
