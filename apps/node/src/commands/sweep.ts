import { join } from "node:path";
import { type DigitSets, type SweepResult, sweepTable } from "@kindling/recipes";
import type { MlpConfig } from "@kindling/recipes/config";
import { type Command, InvalidArgumentError } from "commander";
import { loadDigits } from "../data/load-digits.ts";
import { watchInterrupt } from "../interrupt.ts";
import { openDevice } from "../open-device.ts";
import { dashed, NOT_SWEPT, OPTIONS, type OptionName, type TrainOptions } from "../options/train-options.ts";
import { randomSeed } from "../random-seed.ts";
import { pickConfig, type RunConfig } from "../run/run-config.ts";
import { RunFolder } from "../run/run-folder.ts";
import { runTraining } from "../run/run-training.ts";
import { terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

/** `kindling sweep`: one training for each value, compared in a table and a picture. Gives the exit code. */
export async function sweep(command: Command): Promise<number> {
  const options = command.opts<Omit<TrainOptions, "resume">>();
  const { json = false, offline = false, stopOnNan = false } = options;
  const say = json ? terminal.note : terminal.print;
  const option = findOption(command.args[0] as string);
  const values = command.args.slice(1).map((text) => parseValue(option, text));
  refuseTwice(option, values);
  const base = { ...options, seed: options.seed ?? randomSeed() };
  const configs = values.map((value): RunConfig => pickConfig({ ...base, [option]: value }));
  // Whatever is wrong with a later value is said now.
  for (const { device } of configs) await openDevice(device);

  using folder = await RunFolder.create(options.out);
  using interrupt = watchInterrupt(() => {
    terminal.note("\nkindling: stopping after this step and saving the training; press again to quit at once");
  });
  const results: SweepResult[] = [];
  const stopped: string[] = [];
  const sets = new Map<string, DigitSets>();
  say(`Sweep over ${dashed(option)}: ${values.join(", ")}. Seed: ${option === "seed" ? "swept" : base.seed}`);
  for (const [i, config] of configs.entries()) {
    if (interrupt.signal.aborted) break;
    const value = String(values[i]);
    say(`\n${dashed(option)} ${value}`);
    const place = `${config.dataset} in ${config.root} for ${config.model}`;
    const loaded = sets.get(place) ?? (await loadDigits({ ...config, offline }, terminal.note));
    sets.set(place, loaded);
    using own = await RunFolder.create(join(folder.path, folderName(option, value)));
    if (await own.holdsRun()) terminal.note(`kindling: ${own} already held a run, which is overwritten`);
    const started = performance.now();
    const device = await openDevice(config.device);
    const { trainer, net, invalid } = await runTraining({
      config: { ...config, device: device.name },
      device,
      sets: loaded,
      folder: own,
      signal: interrupt.signal,
      print: terminal.print,
      stopOnNan,
      json: json ? { [option]: plain(values[i]) } : null,
    });
    const seconds = (performance.now() - started) / 1000;
    net.dispose();
    if (invalid !== null) stopped.push(`${dashed(option)} ${value}: ${invalid}`);
    if (trainer.history.length > 0) results.push({ value, history: trainer.history, seconds });
  }

  const { sweepSvg } = await import("../plot/sweep-svg.ts");
  await folder.write("sweep.svg", sweepSvg(dashed(option), results));
  await folder.write("sweep.csv", sweepCsv(dashed(option), results));
  say(`\n${sweepTable(dashed(option), results)}\n`);
  say(`Saved in ${folder}: sweep.svg, sweep.csv, and a folder for each training`);
  for (const line of stopped) terminal.note(`kindling: ${line}`);
  return interrupt.exitCode === 0 && stopped.length > 0 ? 1 : interrupt.exitCode;
}

/** The option of train that is called so: `batch-size`, `--batch-size` or `batchSize`. */
function findOption(text: string): Swept {
  const swept = (Object.keys(OPTIONS) as OptionName[]).filter((name): name is Swept => !NOT_SWEPT.includes(name));
  const found = swept.find((name) => dashed(name) === dashed(text.replace(/^--/, "")));
  if (found !== undefined) return found;
  throw new UsageError(
    `cannot sweep over '${text}'. Options of train that can be swept: ${swept.map(dashed).join(", ")}`,
  );
}

type Swept = OptionName & (keyof MlpConfig | keyof RunConfig);

/** A value as train's own option takes it. */
function parseValue(name: Swept, text: string): string | number | bigint {
  const option = OPTIONS[name]();
  try {
    return (option.parseArg?.(text, undefined) ?? text) as string | number | bigint;
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new UsageError(`invalid value '${text}' for ${option.long}. ${error.message}`);
  }
}

/** Refuses values that would be trained into one folder: `0.1` and `1e-1` are one. */
function refuseTwice(option: Swept, values: readonly unknown[]): void {
  const names = values.map((value) => folderName(option, String(value)));
  const twice = names.findIndex((name, i) => names.indexOf(name) < i);
  if (twice < 0) return;
  throw new UsageError(
    `${dashed(option)} ${values[twice]} is given twice: each training has its own folder, ${names[twice]}. Omit one.`,
  );
}

/** For JSON: a seed that a double cannot hold is text there, as in `config.json`. */
function plain(value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

function folderName(option: Swept, value: string): string {
  return `${dashed(option)}-${value.replaceAll(/[^\w.+-]+/g, "_")}`;
}

/** Every epoch of every training, with the value in front. */
function sweepCsv(option: string, results: readonly SweepResult[]): string {
  const lines = results.flatMap(({ value, history }) =>
    history
      .toCsv()
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => `${value},${line}`),
  );
  const [head] = results[0]?.history.toCsv().split("\n") ?? [""];
  return `${[`${option},${head}`, ...lines].join("\n")}\n`;
}
