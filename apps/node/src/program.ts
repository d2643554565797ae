import { Argument, Command } from "commander";
import { integerFrom, path } from "./options/parsers.ts";
import { OPTIONS, type OptionName } from "./options/train-options.ts";

const EVERY = Object.keys(OPTIONS) as OptionName[];
const NETWORK: OptionName[] = ["model", "hidden", "layers", "activation", "batchSize"];

/**
 * The commands and their options. What does the work is loaded only when it is asked for: `--help` costs none of it.
 *
 * @param onCode told the exit code of the command that ran: what it gave, or 0
 */
export function makeProgram(onCode: (code: number) => void): Command {
  const program = new Command("kindling")
    .description("Trains networks on MNIST and prints the numbers that the PyTorch program prints.")
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  const run = (work: () => Promise<unknown>) => async () => {
    const code = await work();
    onCode(typeof code === "number" ? code : 0);
  };

  const command = (name: string, summary: string, options: readonly OptionName[]): Command => {
    const made = program.command(name).description(summary);
    for (const option of options) made.addOption(OPTIONS[option]());
    return made;
  };

  const train = command("train", "train a network, and save the results in --out", EVERY);
  train.action(run(async () => (await import("./commands/train.ts")).train(train)));

  const sweep = command(
    "sweep",
    "train once for each value of an option, with the same seed, and compare",
    EVERY.filter((name) => name !== "resume" && name !== "verbose"),
  )
    .argument("<option>", "an option of train: batch-size, lr, hidden, ...")
    .argument("<values...>", "its values, one training each");
  sweep.action(run(async () => (await import("./commands/sweep.ts")).sweep(sweep)));

  const predict = command("predict", "draw test images with their predictions and labels", [
    "dataset",
    "root",
    "device",
    "offline",
    "json",
  ])
    .requiredOption("--weights <file>", "model.safetensors of a run", path)
    .requiredOption("--index <n...>", "positions in the test data", collect(integerFrom(0)));
  predict.action(run(async () => (await import("./commands/predict.ts")).predict(predict)));

  const exported = command("export", "write a trained network as an ONNX file", [])
    .requiredOption("--weights <file>", "model.safetensors of a run", path)
    .requiredOption("--to <file>", "what to write: model.onnx", path);
  exported.action(run(async () => (await import("./commands/export.ts")).exportNet(exported.opts())));

  const summary = command("summary", "print a network and its layers", NETWORK);
  summary.action(run(async () => (await import("./commands/summary.ts")).summary(summary.opts())));

  const devices = command(
    "devices",
    "check each device: whether it works, whether its results are right, and how fast it is",
    ["json"],
  )
    .option("--device <name>", "only this one")
    .option("--quick", "skip the speed measurement");
  devices.action(run(async () => (await import("./commands/devices.ts")).devices(devices.opts())));

  const examine = program.command("examine <device>", { hidden: true }).option("--quick");
  examine.action(
    run(async () => (await import("./commands/examine.ts")).examine(examine.args[0] as string, examine.opts())),
  );

  const data = command("data", "download a data set, or verify the one in --root", [
    "dataset",
    "root",
    "offline",
  ]).addArgument(new Argument("<action>", "what to do").choices(["download", "verify"]));
  data.action(run(async () => (await import("./commands/data.ts")).data(data.args[0] as string, data.opts())));
  return program;
}

/** Parses each value of an option that takes several. */
function collect<V>(parse: (text: string) => V): (text: string, before: readonly V[] | undefined) => V[] {
  return (text, before = []) => [...before, parse(text)];
}
