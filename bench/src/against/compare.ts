import { medianOf, ratioOf } from "../report/outcomes.ts";
import { number, table, times } from "../report/table.ts";
import { type Contestant, isAbsent, type Outcome } from "../run/contestant.ts";
import type { Checkout } from "./checkout.ts";

/** A contestant and its twin of the other checkout. */
export interface Pair {
  readonly here: Contestant;
  readonly there: Contestant;
}

/** The fields that identify a sample; its other fields are measurements. */
const KEYS = ["size", "epoch", "steps"];

/** Everything that was measured, in both checkouts, and the ratio of the two: below 1 is less than before. */
export function compare(
  outcomes: ReadonlyMap<string, Outcome>,
  pairs: readonly Pair[],
  { name: other }: Checkout,
): string {
  const rows = pairs.flatMap(({ here, there }) => {
    const [ours, theirs] = [outcomes.get(here.name), outcomes.get(there.name)];
    return sizesOf(ours).flatMap((size) => {
      const [a, b] = [ofSize(ours, size), ofSize(theirs, size)];
      const label = size === undefined ? here.label : `${here.label}, size ${number(size)}`;
      return measuredIn(a).map((key) => [
        `${label}: ${key}`,
        number(medianOf(a, key)),
        number(medianOf(b, key)),
        times(ratioOf(a, b, key)),
      ]);
    });
  });
  const note = "Medians of all samples; ratios are taken round by round, and their median is shown.";
  return `${table(["program", "here", other, "ratio"], rows)}\n\n${note}`;
}

function samplesOf(outcome: Outcome | undefined) {
  return outcome === undefined || isAbsent(outcome) ? [] : outcome.rounds.flat();
}

function sizesOf(outcome: Outcome | undefined): (number | undefined)[] {
  return [...new Set(samplesOf(outcome).map(({ size }) => size))];
}

function measuredIn(outcome: Outcome | undefined): string[] {
  const keys = new Set(samplesOf(outcome).flatMap((sample) => Object.keys(sample)));
  return [...keys].filter((key) => !KEYS.includes(key));
}

function ofSize(outcome: Outcome | undefined, size: number | undefined): Outcome | undefined {
  if (outcome === undefined || isAbsent(outcome)) return outcome;
  return { rounds: outcome.rounds.map((samples) => samples.filter((sample) => sample.size === size)) };
}
