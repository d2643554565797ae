import {
  type Activation,
  CNN_CONFIG,
  type CommonConfig,
  DEFAULT_CONFIG,
  type Init,
  type LAYERS,
  type ModelName,
  type TrainingConfig,
} from "@kindling/recipes/config";

/** Where a training runs: `auto` is the fastest that starts. */
export const DEVICES = ["auto", "webgpu", "webgl", "wasm", "cpu"] as const;
export type DeviceChoice = (typeof DEVICES)[number];

/** All that the page can be asked for. What a network does not have stays with it, for when another is chosen again. */
export interface Settings extends Omit<CommonConfig, "seed" | "init"> {
  readonly model: ModelName;
  readonly layers: (typeof LAYERS)[number];
  readonly hidden: number;
  readonly activation: Activation;
  readonly init: Init;
  /** As text: a seed may have 64 bits. */
  readonly seed: string;
  readonly device: DeviceChoice;
}

/** The notes' settings, and the seed whose numbers this project is measured by. */
export const DEFAULT_SETTINGS: Settings = { ...DEFAULT_CONFIG, seed: "123", device: "auto" };

/** What decides the numbers of a training. */
export function configOf(settings: Settings): TrainingConfig {
  const { dataset, epochs, batchSize, lr, optimizer, init, model } = settings;
  const common = { dataset, epochs, batchSize, lr, optimizer, init, seed: seedOf(settings.seed) };
  if (model === "cnn") return { ...common, model };
  const { layers, hidden, activation } = settings;
  return { ...common, model, layers, hidden, activation };
}

function seedOf(text: string): number | bigint {
  const value = BigInt(text);
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** The settings with another network: each kind comes with the batch size and the rate that suit it, where those were untouched. */
export function withModel(settings: Settings, model: ModelName): Settings {
  const [from, to] = model === "cnn" ? [DEFAULT_CONFIG, CNN_CONFIG] : [CNN_CONFIG, DEFAULT_CONFIG];
  const untouched = settings.batchSize === from.batchSize && settings.lr === from.lr;
  return { ...settings, model, ...(untouched && { batchSize: to.batchSize, lr: to.lr }) };
}
