import { type Device, manualSeed, type Tensor } from "@kindling/core";
import { DataLoader } from "@kindling/data";
import { CrossEntropyLoss } from "@kindling/nn";
import { type Callback, Trainer } from "@kindling/trainer";
import type { TrainingConfig } from "./config.ts";
import type { DigitSets } from "./digit-sets.ts";
import { checkWeights, type Shapes } from "./nets/check-weights.ts";
import type { DigitNet } from "./nets/digit-net.ts";
import { initialize } from "./nets/initialize.ts";
import { makeNet, type NetForm } from "./nets/make-net.ts";
import { makeOptimizer } from "./optimizers.ts";

/** What a training is made of, before it is put on a device. */
export interface Ingredients {
  readonly trainLoader: DataLoader<[Tensor, number]>;
  readonly testLoader: DataLoader<[Tensor, number]>;
  readonly net: DigitNet;
}

export interface IngredientsOptions {
  /** Weights that the network is to take over: they are held against its form before it is built. */
  readonly weights?: Shapes;
}

/**
 * Seeds the default generator, then makes loaders and network: the order in which the PyTorch program draws its numbers.
 *
 * @throws ShapeError when `weights` are of another network than `config` asks for
 */
export function makeIngredients(
  config: TrainingConfig,
  { train, test }: DigitSets,
  { weights }: IngredientsOptions = {},
): Ingredients {
  const [image] = test.get(0);
  const form = formOf(config, image.numel(), test.classes.length);
  if (weights !== undefined) checkWeights("makeIngredients", form, weights);
  manualSeed(config.seed);
  const { batchSize } = config;
  const trainLoader = new DataLoader(train, { batchSize, shuffle: true });
  const testLoader = new DataLoader(test, { batchSize, shuffle: false });
  const net = makeNet(form);
  initialize(net, config.init);
  return { trainLoader, testLoader, net };
}

function formOf(config: TrainingConfig, input: number, output: number): NetForm {
  return config.model === "cnn" ? { model: "cnn", output } : { ...config, input, output };
}

/** The trainer of these ingredients: cross-entropy and the optimizer of `config`, on `device`. */
export function makeTrainer(
  config: TrainingConfig,
  { net }: Pick<Ingredients, "net">,
  { device, callbacks }: { readonly device: Device; readonly callbacks?: readonly Callback[] },
): Trainer {
  net.to(device);
  const optimizer = makeOptimizer(config, net.parameters());
  const criterion = new CrossEntropyLoss();
  return new Trainer({ model: net, criterion, optimizer, device, callbacks: callbacks ?? [] });
}
