export {
  ACTIVATIONS,
  type Activation,
  CNN_CONFIG,
  type CnnConfig,
  type CommonConfig,
  DATASETS,
  type DatasetName,
  DEFAULT_CONFIG,
  INITS,
  type Init,
  LAYERS,
  MLP_ONLY,
  type MlpConfig,
  MODELS,
  type ModelName,
  OPTIMIZERS,
  type OptimizerName,
  type TrainingConfig,
} from "./config.ts";
export { type DigitSets, type Digits, type LoadSetsOptions, loadSets } from "./digit-sets.ts";
export { epochLine } from "./epoch-line.ts";
export { mnistTransform } from "./mnist-transform.ts";
export { ConvNet, type ConvNetOptions } from "./nets/conv-net.ts";
export type { DigitNet } from "./nets/digit-net.ts";
export { type InferredForm, inferForm } from "./nets/infer-form.ts";
export { initialize } from "./nets/initialize.ts";
export { type CnnForm, type MlpForm, makeNet, type NetForm } from "./nets/make-net.ts";
export { Net, type NetOptions } from "./nets/net.ts";
export { Net2 } from "./nets/net2.ts";
export { type NetFacts, type RebuiltNet, rebuildNet } from "./nets/rebuild-net.ts";
export { makeOptimizer } from "./optimizers.ts";
export { type SweepResult, sweepTable } from "./sweep.ts";
export { type Ingredients, type IngredientsOptions, makeIngredients, makeTrainer } from "./training.ts";
