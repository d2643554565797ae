/** All that a training can be asked for. This file imports nothing: a command reads it before anything heavy is loaded. */
export const DATASETS = ["mnist", "fashion-mnist"] as const;
export const LAYERS = [1, 2] as const;
export const ACTIVATIONS = ["relu", "sigmoid"] as const;
export const INITS = ["default", "ones", "zeros", "xavier", "kaiming"] as const;

export type DatasetName = (typeof DATASETS)[number];
export type Activation = (typeof ACTIVATIONS)[number];

/** How the parameters start. */
export type Init = (typeof INITS)[number];

/** What decides the numbers that a training prints. */
export interface TrainingConfig {
  readonly dataset: DatasetName;
  readonly epochs: number;
  readonly batchSize: number;
  readonly lr: number;
  /** Units of each hidden layer. */
  readonly hidden: number;
  /** Hidden layers: 1 is `Net`, 2 is `Net2`. */
  readonly layers: (typeof LAYERS)[number];
  readonly activation: Activation;
  readonly init: Init;
  /** What `manualSeed` gets. */
  readonly seed: number | bigint;
}

/** The notes' settings, with ten epochs for their hundred. The seed is for the caller to choose. */
export const DEFAULT_CONFIG: Omit<TrainingConfig, "seed"> = {
  dataset: "mnist",
  epochs: 10,
  batchSize: 500,
  lr: 0.01,
  hidden: 128,
  layers: 1,
  activation: "relu",
  init: "default",
};
