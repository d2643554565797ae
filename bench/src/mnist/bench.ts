import type { Bench, BenchOptions } from "../bench.ts";
import { firstOf, medianOf, ratioOf } from "../report/outcomes.ts";
import { number, table, times } from "../report/table.ts";
import { node, python } from "../run/commands.ts";
import type { Contestant, Outcome } from "../run/contestant.ts";
import { contestantArgs } from "../run/contestant-options.ts";

const KINDLING = "kindling";
const ONNX = "onnx";
const ONNX_ALL = "onnx-all";

/** How many times faster one means to be than another. */
interface Goal {
  readonly who: string;
  readonly than: string;
  readonly times: number;
  readonly by: "seconds" | "cpuSeconds";
}

const GOALS: readonly Goal[] = [
  { who: KINDLING, than: "tfjs", times: 5, by: "cpuSeconds" },
  { who: KINDLING, than: "pytorch", times: 3, by: "cpuSeconds" },
  { who: ONNX, than: "pytorch", times: 10, by: "cpuSeconds" },
  { who: ONNX, than: "pytorch-fast", times: 1.15, by: "cpuSeconds" },
  { who: ONNX, than: "jax-js", times: 4, by: "cpuSeconds" },
  { who: ONNX_ALL, than: "pytorch-fast-all", times: 1, by: "seconds" },
];

/** Seconds for an epoch of training: 784-128-10, batches of 500, SGD. */
export const mnist: Bench = {
  name: "mnist",
  about: "seconds for an epoch of training on MNIST, beside tfjs, jax-js and PyTorch",
  defaults: { rounds: 3, epochs: 8 },
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
  const onnx = (name: string, about: string, threads?: number): Contestant => ({
    name,
    label: `Kindling, the notes' loop, onnx, ${about}`,
    command: node(
      "mnist/kindling-loop.ts",
      contestantArgs({ ...options, device: "onnx", ...(threads !== undefined && { threads }) }),
      options,
    ),
  });
  const torch = (name: string, label: string, ...extra: string[]): Contestant => ({
    name,
    label,
    command: python("mnist_seed.py", ["--root", options.root, "--epochs", String(options.epochs), ...extra]),
  });
  return [
    own(KINDLING, `Kindling, the notes' loop, ${options.device}`, "kindling-loop.ts"),
    onnx(ONNX, "1 thread", 1),
    onnx(ONNX_ALL, "all threads"),
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
  const head = [
    "program",
    "s/epoch",
    "of Kindling's",
    "processor s/epoch",
    "of Kindling's",
    "first epoch s",
    "loss after the last",
  ];
  const rows = entered.map(({ name, label }) => {
    const outcome = outcomes.get(name);
    return [
      label,
      number(medianOf(outcome, "seconds")),
      times(ratioOf(outcome, kindling, "seconds")),
      number(medianOf(outcome, "cpuSeconds")),
      times(ratioOf(outcome, kindling, "cpuSeconds")),
      number(firstOf(outcome, "seconds")),
      lastLoss(outcome),
    ];
  });
  const notes = [
    "Each program runs in a process of its own, in turn; medians of all epochs, ratios round by round. The first epoch compiles: graphs, and JavaScript.",
    "Kindling and `mnist_seed.py` read bytes through DataLoader and transforms, and count hits and losses batch by batch;",
    "tfjs, jax-js and `--fast` are handed float tensors prepared beforehand, and the first two count losses only.",
  ];
  return [table(head, rows), notes.join("\n"), ...goals(outcomes, entered)].join("\n\n");
}

function lastLoss(outcome: Outcome | undefined): string {
  if (outcome === undefined || "absent" in outcome) return "absent";
  return outcome.rounds.at(-1)?.at(-1)?.trainLoss?.toFixed(4) ?? "-";
}

function goals(outcomes: ReadonlyMap<string, Outcome>, entered: readonly Contestant[]): string[] {
  const label = (wanted: string): string => entered.find(({ name }) => name === wanted)?.label ?? wanted;
  const lines = GOALS.flatMap(({ who, than, times: goal, by }) => {
    const ratio = ratioOf(outcomes.get(than), outcomes.get(who), by);
    if (!Number.isFinite(ratio)) return [];
    const verdict = ratio >= goal ? "met" : "MISSED";
    const clock = by === "seconds" ? "on the wall" : "by processor time";
    return [`Goal: ${label(who)}, ${goal}x faster than ${label(than)}: ${verdict}, ${times(ratio)} ${clock}.`];
  });
  return lines.length > 0 ? [lines.join("\n")] : [];
}
