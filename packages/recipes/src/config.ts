/** All that a training can be asked for. This file imports nothing: a command reads it before anything heavy is loaded. */
export const DATASETS = ["mnist", "fashion-mnist"] as const;
export const MODELS = ["mlp", "cnn"] as const;
export const LAYERS = [1, 2] as const;
export const ACTIVATIONS = ["relu", "sigmoid"] as const;
export const OPTIMIZERS = ["sgd", "momentum", "adam", "adamw"] as const;
export const INITS = ["default", "ones", "zeros", "xavier", "kaiming"] as const;

export type DatasetName = (typeof DATASETS)[number];

/** `mlp` is the notes' network, `cnn` the convolutional one of PyTorch's MNIST example. */
export type ModelName = (typeof MODELS)[number];
export type Activation = (typeof ACTIVATIONS)[number];

/** `momentum` is SGD that keeps 0.9 of its last direction; the others are as PyTorch has them by default. */
export type OptimizerName = (typeof OPTIMIZERS)[number];

/** How the parameters start. */
export type Init = (typeof INITS)[number];

/** What decides the numbers that a training prints, whatever the network is. */
export interface CommonConfig {
  readonly dataset: DatasetName;
  readonly epochs: number;
  readonly batchSize: number;
  readonly lr: number;
  readonly optimizer: OptimizerName;
  readonly init: Init;
  /** What `manualSeed` gets. */
  readonly seed: number | bigint;
}

export interface MlpConfig extends CommonConfig {
  readonly model: "mlp";
  /** Units of each hidden layer. */
  readonly hidden: number;
  /** Hidden layers: 1 is `Net`, 2 is `Net2`. */
  readonly layers: (typeof LAYERS)[number];
  readonly activation: Activation;
}

export interface CnnConfig extends CommonConfig {
  readonly model: "cnn";
}

export type TrainingConfig = MlpConfig | CnnConfig;

/** The notes' settings, with ten epochs for their hundred. The seed is for the caller to choose. */
export const DEFAULT_CONFIG: Omit<MlpConfig, "seed"> = {
  model: "mlp",
  dataset: "mnist",
  epochs: 10,
  batchSize: 500,
  lr: 0.01,
  optimizer: "sgd",
  hidden: 128,
  layers: 1,
  activation: "relu",
  init: "default",
};

/** The batch size of PyTorch's example, and a rate at which SGD learns digits in one epoch. */
export const CNN_CONFIG: Omit<CnnConfig, "seed"> = {
  model: "cnn",
  dataset: "mnist",
  epochs: 10,
  batchSize: 64,
  lr: 0.1,
  optimizer: "sgd",
  init: "default",
};

/** What only some networks have: the others refuse it. */
export const MLP_ONLY = ["hidden", "layers", "activation"] as const;
