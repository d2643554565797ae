import type { Bench, BenchOptions } from "../bench.ts";
import { bestOf, medianOf, ratioOf } from "../report/outcomes.ts";
import { number, table, times } from "../report/table.ts";
import { node, python } from "../run/commands.ts";
import type { Contestant, Outcome } from "../run/contestant.ts";
import { contestantArgs } from "../run/contestant-options.ts";

/** Images a second that Kindling means to load on one core. */
const GOALS: Readonly<Record<string, number>> = { bytes: 1_000_000, floats: 300_000 };

/** Images a second out of a shuffling DataLoader with the seed's transforms. */
export const loader: Bench = {
  name: "loader",
  about: "images a second through DataLoader and transforms, beside PyTorch",
  defaults: { rounds: 3, epochs: 8 },
  contestants,
  tell,
};

function contestants(options: BenchOptions): Contestant[] {
  const args = contestantArgs(options);
  const own = (name: string, label: string): Contestant => ({
    name,
    label: `Kindling, ${label}`,
    command: node(`loader/kindling-${name}.ts`, args, options),
  });
  return [
    own("bytes", "as pending bytes"),
    own("floats", "read as floats"),
    own("device", `moved to ${options.device}`),
    own("samples", "sample by sample, pending bytes"),
    {
      name: "pytorch",
      label: "PyTorch DataLoader, 1 thread",
      command: python("loader.py", ["--root", options.root, "--epochs", "1"]),
    },
  ];
}

function tell(outcomes: ReadonlyMap<string, Outcome>, entered: readonly Contestant[]): string {
  const pytorch = outcomes.get("pytorch");
  const head = ["program", "images/s", "images/s of processor time", "at best", "of PyTorch's"];
  const rows = entered.map(({ name, label }) => {
    const outcome = outcomes.get(name);
    const [rate, cpuRate] = [medianOf(outcome, "imagesPerSecond"), medianOf(outcome, "imagesPerCpuSecond")];
    const best = bestOf(outcome, "imagesPerCpuSecond");
    const ratio = ratioOf(outcome, pytorch, "imagesPerCpuSecond");
    return [label, number(rate), number(cpuRate), number(best), times(ratio)];
  });
  const note =
    "60,000 images of MNIST, shuffled, batches of 500, through `ToTensor`, `Normalize(0.5, 0.5)` and `Lambda(x => x.view(-1))`; medians of all epochs but each run's first.";
  return [table(head, rows), note, ...goals(outcomes)].join("\n\n");
}

function goals(outcomes: ReadonlyMap<string, Outcome>): string[] {
  const lines = Object.entries(GOALS).flatMap(([name, goal]) => {
    const rate = bestOf(outcomes.get(name), "imagesPerCpuSecond");
    if (!Number.isFinite(rate)) return [];
    return [`Goal: ${number(goal)} images/s as ${name}: ${rate >= goal ? "met" : "MISSED"}, ${number(rate)} at best.`];
  });
  return lines.length > 0 ? [lines.join("\n")] : [];
}
