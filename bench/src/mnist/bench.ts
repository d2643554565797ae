import type { Bench, BenchOptions } from "../bench.ts";
import { medianOf, ratioOf } from "../report/outcomes.ts";
import { number, table, times } from "../report/table.ts";
import { node, python } from "../run/commands.ts";
import type { Contestant, Outcome } from "../run/contestant.ts";
import { contestantArgs } from "../run/contestant-options.ts";

const KINDLING = "kindling";

/** How many times faster than these Kindling means to be, one thread each. */
const GOALS: Readonly<Record<string, number>> = { tfjs: 5, pytorch: 3 };

/** Seconds for an epoch of training: 784-128-10, batches of 500, SGD. */
export const mnist: Bench = {
  name: "mnist",
  about: "seconds for an epoch of training on MNIST, beside tfjs, jax-js and PyTorch",
  defaults: { rounds: 3, epochs: 3 },
  contestants,
  tell,
};

function contestants(options: BenchOptions): Contestant[] {
  const args = contestantArgs(options);
  const own = (name: string, label: string, file: string): Contestant => ({
    name,
    label,
    command: node(`mnist/${file}`, args, options),
  });
  const torch = (name: string, label: string, ...extra: string[]): Contestant => ({
    name,
    label,
    command: python("mnist_seed.py", ["--root", options.root, "--epochs", String(options.epochs), ...extra]),
  });
  return [
    own(KINDLING, `Kindling, the notes' loop, ${options.device}`, "kindling-loop.ts"),
    own("trainer", `Kindling, Trainer, ${options.device}`, "kindling-trainer.ts"),
    own("tfjs", "tfjs 4.22 variableGrads, float batches, wasm", "tfjs.ts"),
    own("jax-js", "jax-js 0.1.25 jitted, float batches, wasm", "jax-js.ts"),
    torch("pytorch", "PyTorch mnist_seed.py, 1 thread", "--threads", "1"),
    torch("pytorch-fast", "PyTorch --fast (float batches), 1 thread", "--threads", "1", "--fast"),
    torch("pytorch-fast-all", "PyTorch --fast (float batches), all threads", "--fast"),
  ];
}

function tell(outcomes: ReadonlyMap<string, Outcome>, entered: readonly Contestant[]): string {
  const kindling = outcomes.get(KINDLING);
  const head = ["program", "s/epoch", "of Kindling's", "processor s/epoch", "of Kindling's", "loss after the last"];
  const rows = entered.map(({ name, label }) => {
    const outcome = outcomes.get(name);
    return [
      label,
      number(medianOf(outcome, "seconds")),
      times(ratioOf(outcome, kindling, "seconds")),
      number(medianOf(outcome, "cpuSeconds")),
      times(ratioOf(outcome, kindling, "cpuSeconds")),
      lastLoss(outcome),
    ];
  });
  const notes = [
    "Each program runs in a process of its own, in turn; medians of all epochs, ratios round by round.",
    "Kindling and `mnist_seed.py` read bytes through DataLoader and transforms, and count hits and losses batch by batch;",
    "tfjs, jax-js and `--fast` are handed float tensors prepared beforehand, and the first two count losses only.",
  ];
  return [table(head, rows), notes.join("\n"), ...goals(outcomes)].join("\n\n");
}

function lastLoss(outcome: Outcome | undefined): string {
  if (outcome === undefined || "absent" in outcome) return "absent";
  return outcome.rounds.at(-1)?.at(-1)?.trainLoss?.toFixed(4) ?? "-";
}

function goals(outcomes: ReadonlyMap<string, Outcome>): string[] {
  const lines = Object.entries(GOALS).flatMap(([name, goal]) => {
    const ratio = ratioOf(outcomes.get(name), outcomes.get(KINDLING), "cpuSeconds");
    if (!Number.isFinite(ratio)) return [];
    const verdict = ratio >= goal ? "met" : "MISSED";
    return [`Goal: ${goal}x faster than ${name} on one thread: ${verdict}, ${times(ratio)} by processor time.`];
  });
  return lines.length > 0 ? [lines.join("\n")] : [];
}
