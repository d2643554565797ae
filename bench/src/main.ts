import { loadavg } from "node:os";
import { type Checkout, findCheckout } from "./against/checkout.ts";
import { compare, type Pair } from "./against/compare.ts";
import { twinOf } from "./against/twin.ts";
import type { Bench } from "./bench.ts";
import { loader } from "./loader/bench.ts";
import { memory } from "./memory/bench.ts";
import { mnist } from "./mnist/bench.ts";
import { ops } from "./ops/bench.ts";
import { type Options, parse, usage } from "./options.ts";
import { page } from "./page/bench.ts";
import { profileContestant } from "./profile/profile-contestant.ts";
import { busy, machine } from "./report/machine.ts";
import { writeResults } from "./report/results-file.ts";
import { buildPackages } from "./run/build.ts";
import { node } from "./run/commands.ts";
import { type Contestant, isAbsent, type Outcome, type Sample } from "./run/contestant.ts";
import { runContestant } from "./run/run-contestant.ts";
import { runRounds } from "./run/run-rounds.ts";
import { step } from "./step/bench.ts";

const benches: readonly Bench[] = [loader, memory, mnist, ops, page, step];

async function main([name, ...args]: string[]): Promise<void> {
  const bench = benches.find((candidate) => candidate.name === name);
  if (bench === undefined) {
    console.error(usage(benches));
    process.exitCode = name === undefined || name === "--help" ? 0 : 2;
    return;
  }
  const options = parse(bench, args);
  const other = options.against === undefined ? undefined : findCheckout(options.against);
  if (!options.source) {
    await buildPackages();
    if (other !== undefined) await buildPackages(other.folder);
  }
  await runContestant(node("prepare-data.ts", ["--root", options.root], options));
  const contestants = await entered(bench, options);
  const pairs = other === undefined ? [] : paired(contestants, other);
  if (options.profile) {
    const [only, ...others] = contestants;
    if (only === undefined || others.length > 0)
      throw new Error("--profile looks into one contestant: name it by --only");
    for (const profiled of [only, ...pairs.map(({ there }) => there)]) console.log(await profileContestant(profiled));
    return;
  }
  const text =
    other === undefined
      ? await run(contestants, options, (outcomes) => bench.tell(outcomes, contestants, options))
      : await run(
          pairs.flatMap(({ here, there }) => [here, there]),
          options,
          (outcomes) => compare(outcomes, pairs, other),
        );
  console.log(`\n${text}`);
  if (options.write) writeResults(bench.name, text);
}

/** Those that `--only` names; all where it names none. */
async function entered(bench: Bench, { only, ...options }: Options): Promise<Contestant[]> {
  const all = await bench.contestants(options);
  const isMeant = (asked: string, name: string): boolean =>
    asked.endsWith("*") ? name.startsWith(asked.slice(0, -1)) : name === asked;
  const unknown = only.filter((asked) => !all.some(({ name }) => isMeant(asked, name)));
  if (unknown.length > 0) {
    throw new Error(`no contestant ${unknown.join(", ")}; there are ${all.map(({ name }) => name).join(", ")}`);
  }
  return all.filter(({ name }) => only.length === 0 || only.some((asked) => isMeant(asked, name)));
}

/** Kindling's own programs, each with its twin of the other checkout. */
function paired(contestants: readonly Contestant[], other: Checkout): Pair[] {
  const pairs = contestants.flatMap((here) => {
    const there = twinOf(here, other);
    return there === null ? [] : [{ here, there }];
  });
  if (pairs.length === 0) throw new Error("--against compares programs of Kindling, and none of these is one");
  return pairs;
}

async function run(
  contestants: readonly Contestant[],
  options: Options,
  tell: (outcomes: ReadonlyMap<string, Outcome>) => string,
): Promise<string> {
  const load = loadavg()[0] ?? 0;
  const outcomes = await runRounds(contestants, options.rounds, {
    onStart: ({ label }, round) => console.error(`round ${round} of ${options.rounds}: ${label}`),
    onSample: (sample) => console.error(`  ${describe(sample)}`),
  });
  const missing = contestants.flatMap(({ name, label }) => {
    const outcome = outcomes.get(name);
    return outcome !== undefined && isAbsent(outcome) ? [`${label} is absent: ${outcome.absent}.`] : [];
  });
  return [
    `${today()}. ${machine()}.`,
    options.source ? "Kindling run from its sources." : "Kindling as built for publication.",
    `${times(options.rounds, "round")} of ${times(options.epochs, "epoch")}.`,
    busy(load),
    `\n\n${tell(outcomes)}`,
    missing.length > 0 ? `\n\n${missing.join("\n")}` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(" ")
    .replaceAll(" \n", "\n");
}

function describe(sample: Sample): string {
  return Object.entries(sample)
    .map(([key, value]) => `${key} ${Number.isInteger(value) ? value : value.toFixed(4)}`)
    .join("  ");
}

const times = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
const today = (): string => new Date().toISOString().slice(0, 10);

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
