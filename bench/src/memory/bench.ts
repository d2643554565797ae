import type { Bench, BenchOptions } from "../bench.ts";
import { number, table } from "../report/table.ts";
import { node } from "../run/commands.ts";
import { type Contestant, isAbsent, type Outcome, type Sample } from "../run/contestant.ts";
import { contestantArgs } from "../run/contestant-options.ts";

/** Megabytes that a training of MNIST may take. */
const CEILING = 400;

/** How much the resident memory may rise from the second epoch on and still be called flat: the collector's leeway. */
const FLAT = 0.05;

/** Memory after each epoch. */
export const memory: Bench = {
  name: "memory",
  about: "resident memory and live tensors over twenty epochs",
  defaults: { rounds: 1, epochs: 20 },
  contestants,
  tell,
};

function contestants(options: BenchOptions): Contestant[] {
  const args = contestantArgs(options);
  return [
    { name: "loop", label: "the notes' loop", command: node("memory/kindling-loop.ts", args, options) },
    { name: "trainer", label: "Trainer", command: node("memory/kindling-trainer.ts", args, options) },
  ];
}

function tell(outcomes: ReadonlyMap<string, Outcome>, entered: readonly Contestant[]): string {
  return entered
    .flatMap(({ name, label }) => {
      const outcome = outcomes.get(name);
      if (outcome === undefined || isAbsent(outcome)) return [];
      return outcome.rounds.map((samples) => `### ${label}\n\n${course(samples)}\n\n${verdict(samples)}`);
    })
    .join("\n\n");
}

function course(samples: readonly Sample[]): string {
  const head = ["epoch", "resident MB", "peak MB", "live tensors", "their MB"];
  const rows = samples.map(({ epoch, residentMB, peakMB, tensors, tensorMB }) =>
    [epoch, residentMB, peakMB, tensors, tensorMB].map((value) => number(value ?? Number.NaN)),
  );
  return table(head, rows);
}

function verdict(samples: readonly Sample[]): string {
  const settled = samples.slice(1);
  const resident = settled.map(({ residentMB }) => residentMB ?? Number.NaN);
  const peak = Math.max(...samples.map(({ peakMB }) => peakMB ?? Number.NaN));
  const rise = Math.max(...resident) / (resident[0] ?? Number.NaN) - 1;
  const counts = new Set(samples.map(({ tensors, tensorMB }) => `${tensors} ${tensorMB}`));
  const word = (met: boolean): string => (met ? "met" : "MISSED");
  return [
    `Goal: under ${CEILING} MB: ${word(peak < CEILING)}, ${number(peak)} at most.`,
    `Goal: flat from the second epoch to the last: ${word(rise < FLAT)}, ${(100 * rise).toFixed(1)}% more at most.`,
    `Goal: live tensors exactly flat: ${word(counts.size === 1)}.`,
  ].join("\n");
}
