import type { Bench, BenchOptions } from "../bench.ts";
import { medianOf, ratioOf } from "../report/outcomes.ts";
import { number, table, times } from "../report/table.ts";
import { node, python } from "../run/commands.ts";
import { type Contestant, isAbsent, type Outcome } from "../run/contestant.ts";
import { runContestant } from "../run/run-contestant.ts";
import { describeWorkload, operationsOf, WORKLOADS, type Workload, workloadArgs } from "./workload.ts";

/** How many times PyTorch's step, on one thread, the CNN's may take on a device. */
const GOALS: Readonly<Record<string, number>> = { onnx: 1.1, wasm: 3.5, tensorflow: 1.3 };

/** Milliseconds of a training step. */
export const step: Bench = {
  name: "step",
  about: "milliseconds of a training step on every device, beside tfjs-layers, jax-js and PyTorch",
  defaults: { rounds: 3, epochs: 3 },
  contestants,
  tell,
};

async function contestants(options: BenchOptions): Promise<Contestant[]> {
  const devices = await listDevices(options);
  const epochs = ["--epochs", String(options.epochs)];
  return WORKLOADS.flatMap((workload, i) => {
    const args = [...workloadArgs(workload), ...epochs];
    const entry = (name: string, label: string, command: Contestant["command"]): Contestant => ({
      name: nameOf(name, workload),
      label: `${describeWorkload(workload)}: ${label}`,
      command,
    });
    const own = (name: string, label: string, device: string): Contestant =>
      entry(
        `${name}-${device}`,
        `${label}, ${device}`,
        node(`step/${name}.ts`, [...args, "--device", device, ...threadsOf(device)], options),
      );
    // One that is absent says once why.
    const entered = devices.filter(({ available }) => available || i === 0).map(({ name }) => name);
    const present = devices.filter(({ available, name }) => available && name !== "onnx").map(({ name }) => name);
    return [
      ...entered.map((device) => own("kindling", "Kindling", device)),
      ...present.map((device) => own("tfjs-layers", "tfjs-layers 4.22 fit", device)),
      entry("jax-js", "jax-js 0.1.25 jitted, wasm", node("step/jax-js.ts", args, options)),
      entry("pytorch", "PyTorch, 1 thread", python("step.py", [...args, "--threads", "1", "--no-dropout"], ["torch"])),
    ];
  });
}

/** On the CPU, beside PyTorch on one thread. */
function threadsOf(device: string): string[] {
  return device === "onnx" ? ["--threads", "1"] : [];
}

function nameOf(program: string, { model, batchSize }: Workload): string {
  return `${program}-${model}-${batchSize}`;
}

/** The devices that Kindling knows, and whether they start here: asked in a process of its own, as some keep theirs alive. */
async function listDevices(options: BenchOptions): Promise<{ readonly name: string; readonly available: boolean }[]> {
  const told = await runContestant(node("step/list-devices.ts", [], options));
  if (isAbsent(told)) throw new Error(told.absent);
  return Object.entries(told[0] ?? {}).map(([name, available]) => ({ name, available: available === 1 }));
}

function tell(outcomes: ReadonlyMap<string, Outcome>, entered: readonly Contestant[]): string {
  const head = [
    "a training step",
    "ms",
    "of PyTorch's",
    "processor ms",
    "of PyTorch's",
    "first step ms",
    "GFLOP/s",
    "of a product's",
  ];
  const rows = WORKLOADS.flatMap((workload) => {
    const pytorch = outcomes.get(nameOf("pytorch", workload));
    return entered
      .filter(({ name }) => name.endsWith(nameOf("", workload)))
      .map(({ name, label }) => {
        const outcome = outcomes.get(name);
        return [
          label,
          outcome !== undefined && isAbsent(outcome) ? "cannot" : number(medianOf(outcome, "ms")),
          times(ratioOf(outcome, pytorch, "ms")),
          number(medianOf(outcome, "cpuMs")),
          times(ratioOf(outcome, pytorch, "cpuMs")),
          number(medianOf(outcome, "firstMs")),
          ...speeds(outcome, operationsOf(workload)),
        ];
      });
  });
  const notes = [
    "MLP: 784-128-10, ReLU. CNN: PyTorch's MNIST example, without dropout. Cross-entropy, SGD, random images, the loss read after every step",
    "(by `fit`, after the last). Each program runs in a process of its own, in turn; medians of all epochs, ratios round by round.",
    "Of steps that take more than six seconds only the first is measured. The last column is how far from the limit: the speed of the step over that",
    "of a product of 1024 x 1024 matrices, measured beside it in the same process.",
  ];
  return [table(head, rows), notes.join("\n"), ...goals(outcomes)].join("\n\n");
}

/** The speed of a step, and its share of a large product's. */
function speeds(outcome: Outcome | undefined, operations: number): string[] {
  const gflops = operations / medianOf(outcome, "ms") / 1e6;
  const share = gflops / medianOf(outcome, "productGflops");
  return [number(gflops), Number.isFinite(share) ? `${(100 * share).toFixed(0)} %` : "-"];
}

function goals(outcomes: ReadonlyMap<string, Outcome>): string[] {
  const cnn: Workload = { model: "cnn", batchSize: 64 };
  const pytorch = outcomes.get(nameOf("pytorch", cnn));
  const lines = Object.entries(GOALS).flatMap(([device, goal]) => {
    const kindling = outcomes.get(nameOf(`kindling-${device}`, cnn));
    const [ratio, wall] = [ratioOf(kindling, pytorch, "cpuMs"), ratioOf(kindling, pytorch, "ms")];
    if (!Number.isFinite(ratio)) return [];
    const verdict = ratio <= goal ? "met" : "MISSED";
    return [
      `Goal: the CNN's step on ${device} at most ${goal}x PyTorch's on one thread: ${verdict}, ${times(ratio)} by processor time, ${times(wall)} on the wall.`,
    ];
  });
  return lines.length > 0 ? [lines.join("\n")] : [];
}
