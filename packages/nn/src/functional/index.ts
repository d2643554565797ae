export { type BinaryCrossEntropyOptions, binaryCrossEntropy } from "./binary-cross-entropy.ts";
export {
  type BinaryCrossEntropyWithLogitsOptions,
  binaryCrossEntropyWithLogits,
  logSigmoid,
} from "./binary-cross-entropy-with-logits.ts";
export { type CrossEntropyOptions, crossEntropy } from "./cross-entropy.ts";
export { type DropoutFunctionOptions, dropout } from "./dropout.ts";
export { l1Loss } from "./l1-loss.ts";
export { linear } from "./linear.ts";
export { mseLoss } from "./mse-loss.ts";
export { type NLLLossOptions, nllLoss } from "./nll-loss.ts";
export type { Reduction, ReductionOptions } from "./reduction.ts";
export { type InplaceOptions, relu } from "./relu.ts";
export { sigmoid } from "./sigmoid.ts";
export { logSoftmax, softmax } from "./softmax.ts";
export { tanh } from "./tanh.ts";
