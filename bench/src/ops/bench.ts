import type { Bench, BenchOptions } from "../bench.ts";
import { median } from "../report/median.ts";
import { number, table, times } from "../report/table.ts";
import { node } from "../run/commands.ts";
import { type Contestant, isAbsent, type Outcome } from "../run/contestant.ts";
import { contestantArgs } from "../run/contestant-options.ts";

/** What stands between a kernel and its op: checks, memory, scopes, the graph. */
export const ops: Bench = {
  name: "ops",
  about: "what a recorded op costs over the bare kernel",
  defaults: { rounds: 3, epochs: 5 },
  contestants: (options: BenchOptions): Contestant[] =>
    [...new Set(["cpu", options.device])].map((device) => ({
      name: device,
      label: device,
      command: node("ops/kindling.ts", contestantArgs({ ...options, device }), options),
    })),
  tell,
};

const WAYS = ["kernel", "op", "scoped", "block", "recorded", "backward"] as const;

function tell(outcomes: ReadonlyMap<string, Outcome>, entered: readonly Contestant[]): string {
  const head = [
    "x + y",
    "bare kernel µs",
    "op µs",
    "in scope(fn) µs",
    "in a block µs",
    "recorded µs",
    "with its backward µs",
    "recorded over bare",
  ];
  const rows = entered.flatMap(({ name, label }) => {
    const outcome = outcomes.get(name);
    if (outcome === undefined || isAbsent(outcome)) return [];
    const samples = outcome.rounds.flat();
    const sizes = [...new Set(samples.map(({ size }) => size ?? 0))];
    return sizes.map((size) => {
      const of = (way: string) => median(samples.filter((s) => s.size === size).map((s) => s[way] ?? Number.NaN));
      const cells = WAYS.map((way) => number(of(way)));
      return [`${label}, size ${number(size)}`, ...cells, times(of("recorded") / of("kernel"))];
    });
  });
  const note =
    "Processor time a call, its result freed; a block, `using _ = scope()`, has a hundred; backward includes the op itself and the gradients of both sides.";
  return `${table(head, rows)}\n\n${note}`;
}
