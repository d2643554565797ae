import golden from "../optim.golden.json" with { type: "json" };
import { makeScheduler } from "./by-name.ts";
import type { MakeScheduler } from "./scheduler-laws.ts";

/**
 * Every scheduler of this package, in the ways that differ: what the laws are tried on. They are the settings that PyTorch was asked
 * about (`tools/golden/subjects/optim.py`).
 */
export const schedulerCases: Readonly<Record<string, readonly MakeScheduler[]>> = casesOf(golden.schedules);

interface Row {
  readonly scheduler: string;
  readonly args: readonly unknown[];
  readonly options: object;
}

function casesOf(rows: readonly Row[]): Record<string, MakeScheduler[]> {
  const cases: Record<string, MakeScheduler[]> = {};
  for (const { scheduler, args, options } of rows) {
    cases[scheduler] ??= [];
    cases[scheduler].push((optimizer) => makeScheduler(scheduler, optimizer, args, options));
  }
  return cases;
}
