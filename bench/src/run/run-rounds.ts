import { type Contestant, isAbsent, type Outcome, type Sample } from "./contestant.ts";
import { runContestant } from "./run-contestant.ts";

/** Told before and while a contestant runs. */
export interface Watcher {
  onStart(contestant: Contestant, round: number): void;
  onSample(sample: Sample): void;
}

/** Runs all contestants one after the other, `rounds` times over: what slows the machine for a while slows them all. */
export async function runRounds(
  contestants: readonly Contestant[],
  rounds: number,
  watcher: Watcher,
): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, { rounds: Sample[][] } | Outcome>();
  for (let round = 1; round <= rounds; round++) {
    for (const contestant of contestants) {
      const { name, command } = contestant;
      const before = outcomes.get(name) ?? { rounds: [] };
      if (isAbsent(before)) continue;
      if (isAbsent(command)) {
        outcomes.set(name, command);
        continue;
      }
      watcher.onStart(contestant, round);
      const result = await runContestant(command, (sample) => watcher.onSample(sample));
      outcomes.set(name, isAbsent(result) ? result : { rounds: [...before.rounds, result] });
    }
  }
  return outcomes;
}
