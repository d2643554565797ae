import { parseArgs } from "node:util";

export interface Options {
  readonly device: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly lr: number;
  readonly seed: number;
  /** The folder of the data set, laid out as torchvision does. */
  readonly data: string;
  /** A mirror to try before MNIST's own: a URL, `file:` included. */
  readonly mirror: string | undefined;
  /** Where the weights are saved. */
  readonly output: string;
  /** Ten batches of one epoch: a quick check that everything runs. */
  readonly dryRun: boolean;
}

export const USAGE = `npm start -- [options]

  --device NAME      cpu, wasm, onnx, ... (default: auto, the fastest that is installed)
  --epochs N         passes over the training set (default: 3)
  --batch-size N     images a step (default: 64)
  --lr X             learning rate of Adam (default: 0.001)
  --seed N           of weights and shuffling (default: 1)
  --data FOLDER      holds MNIST/raw, downloaded where it is missing (default: data)
  --mirror URL       a mirror of MNIST to try first
  --output FILE      where the weights are saved (default: model.safetensors)
  --dry-run          ten batches of one epoch: a quick check that everything runs
  --help             this text
`;

/**
 * The options of a command line; null where it asks for help.
 *
 * @throws TypeError for an unknown option, RangeError for a number that makes no sense
 */
export function readOptions(args: string[]): Options | null {
  const { values } = parseArgs({
    args,
    options: {
      device: { type: "string", default: "auto" },
      epochs: { type: "string", default: "3" },
      "batch-size": { type: "string", default: "64" },
      lr: { type: "string", default: "0.001" },
      seed: { type: "string", default: "1" },
      data: { type: "string", default: "data" },
      mirror: { type: "string" },
      output: { type: "string", default: "model.safetensors" },
      "dry-run": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return null;
  return {
    device: values.device,
    epochs: whole("--epochs", values.epochs, 1),
    batchSize: whole("--batch-size", values["batch-size"], 1),
    lr: positive("--lr", values.lr),
    seed: whole("--seed", values.seed, 0),
    data: values.data,
    mirror: values.mirror,
    output: values.output,
    dryRun: values["dry-run"],
  };
}

function whole(option: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(`${option} must be a whole number of at least ${least}, got '${text}'`);
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new RangeError(`${option} must be a number above 0, got '${text}'`);
}
