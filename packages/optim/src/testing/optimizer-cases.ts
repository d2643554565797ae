import golden from "../optim.golden.json" with { type: "json" };
import { makeOptimizer } from "./by-name.ts";
import type { MakeOptimizer } from "./optimizer-laws.ts";

/**
 * Every optimizer of this package, in the ways that differ: what the laws are tried on. They are the options that PyTorch was asked
 * about (`tools/golden/subjects/optim.py`), where those go downhill, and fast enough to be seen.
 */
export const optimizerCases: Readonly<Record<string, readonly MakeOptimizer[]>> = casesOf(golden.quadratic);

interface Row {
  readonly optimizer: string;
  readonly options: { readonly lr?: number; readonly maximize?: boolean };
}

function casesOf(rows: readonly Row[]): Record<string, MakeOptimizer[]> {
  const cases: Record<string, MakeOptimizer[]> = {};
  for (const { optimizer, options } of rows) {
    if ((options.lr ?? 0) < 0.1 || options.maximize === true) continue;
    cases[optimizer] ??= [];
    cases[optimizer].push((params) => makeOptimizer(optimizer, params, options));
  }
  return cases;
}
