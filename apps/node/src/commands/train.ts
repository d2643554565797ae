import type { MlpConfig } from "@kindling/recipes/config";
import type { Command } from "commander";
import { loadDigits } from "../data/load-digits.ts";
import { watchInterrupt } from "../interrupt.ts";
import { openDevice } from "../open-device.ts";
import { dashed, FIXED, type TrainOptions } from "../options/train-options.ts";
import { randomSeed } from "../random-seed.ts";
import { describeNet, outlineNet } from "../run/describe-net.ts";
import { outlineSets } from "../run/outline-sets.ts";
import { checkApplies, parseConfig, pickConfig, type RunConfig } from "../run/run-config.ts";
import { RunFolder } from "../run/run-folder.ts";
import { runTraining } from "../run/run-training.ts";
import { terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

/** `kindling train`: gives the exit code. */
export async function train(command: Command): Promise<number> {
  const options = command.opts<TrainOptions>();
  const { json = false, offline = false, verbose = false, stopOnNan = false } = options;
  const say = json ? terminal.note : terminal.print;
  using earlier = options.resume === undefined ? null : await RunFolder.existing(options.resume);
  const resumed = earlier === null ? undefined : await openRun(earlier, command);
  const asked = resumed?.config ?? pickConfig({ ...options, seed: options.seed ?? randomSeed() });
  const device = await openDevice(asked.device);
  // A run stays where it was begun, wherever `auto` may lead later.
  const config = { ...asked, device: device.name };
  say(`Using device: ${device.name}`);
  say(`Seed: ${config.seed}`);
  const sets = await loadDigits({ ...config, offline }, terminal.note);
  say(verbose ? `${sets.train}\n${sets.test}` : outlineSets(sets, config));
  using begun = earlier === null ? await RunFolder.create(options.out) : null;
  const folder = earlier ?? (begun as RunFolder);
  if (begun !== null && (await folder.holdsRun())) {
    terminal.note(`kindling: ${folder} already held a run, which is overwritten`);
  }

  using interrupt = watchInterrupt(() => {
    terminal.note("\nkindling: stopping after this step and saving the training; press again to quit at once");
  });
  let told = 0;
  const { trainer, invalid } = await runTraining({
    config,
    device,
    sets,
    folder,
    signal: interrupt.signal,
    print(line) {
      told += 1;
      terminal.print(line);
    },
    json: json ? {} : null,
    stopOnNan,
    onNet: ({ net }) => {
      if (resumed === undefined) say(verbose ? describeNet(net, config.batchSize) : outlineNet(net, config));
    },
    ...(resumed !== undefined && { checkpoint: resumed.checkpoint }),
  });

  const done = trainer.history.length;
  if (invalid !== null) {
    say(
      `Saved in ${folder}: history.csv, history.svg, config.json, and checkpoint.safetensors as of epoch ${done - 1}`,
    );
    terminal.note(`kindling: ${invalid}. Begin another run with a lower --lr`);
    return 1;
  }
  say(`Saved in ${folder}: model.safetensors, history.csv, history.svg, config.json, checkpoint.safetensors`);
  if (told === 0 && !trainer.cancelled) {
    terminal.note(`kindling: all ${done} epochs were already done; --epochs ${2 * done} would continue`);
  }
  if (trainer.cancelled) {
    const more = trainer.batch > 0 ? ` and ${trainer.batch} batches` : "";
    terminal.note(
      `kindling: interrupted after ${done} of ${config.epochs} epochs${more}. Continue with: kindling train --resume ${folder}`,
    );
  }
  return trainer.cancelled ? interrupt.exitCode : 0;
}

interface OpenedRun {
  readonly config: RunConfig;
  readonly checkpoint: Uint8Array;
}

/** A run to go on with. What decides its numbers stays as it is; epochs, device and the place of the data may be given anew. */
async function openRun(folder: RunFolder, command: Command): Promise<OpenedRun> {
  const text = new TextDecoder().decode(await folder.demand("config.json"));
  const config = parseConfig(text, `${folder}/config.json`);
  const checkpoint = await folder.demand("checkpoint.safetensors");
  const options = command.opts<TrainOptions>();
  checkApplies(config.model, options);
  const isGiven = (name: string) => command.getOptionValueSource(name) === "cli";
  for (const name of FIXED) {
    if (isGiven(name) && options[name] !== (config as Partial<MlpConfig>)[name]) {
      throw new UsageError(
        `--${dashed(name)} ${options[name]} contradicts ${folder}, which has ${(config as Partial<MlpConfig>)[name]}. Omit it, or begin another run.`,
      );
    }
  }
  const { epochs, device, root } = options;
  return {
    checkpoint,
    config: {
      ...config,
      ...(isGiven("epochs") && { epochs }),
      ...(isGiven("device") && { device }),
      ...(isGiven("root") && { root }),
    },
  };
}
