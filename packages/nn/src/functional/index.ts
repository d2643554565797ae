export { binaryCrossEntropy, type BinaryCrossEntropyOptions } from "./binary-cross-entropy.ts";
export {
  binaryCrossEntropyWithLogits,
  type BinaryCrossEntropyWithLogitsOptions,
  logSigmoid,
} from "./binary-cross-entropy-with-logits.ts";
export { crossEntropy, type CrossEntropyOptions } from "./cross-entropy.ts";
export { dropout, type DropoutFunctionOptions } from "./dropout.ts";
export { l1Loss } from "./l1-loss.ts";
export { linear } from "./linear.ts";
export { mseLoss } from "./mse-loss.ts";
export { nllLoss, type NLLLossOptions } from "./nll-loss.ts";
export type { Reduction, ReductionOptions } from "./reduction.ts";
export { type InplaceOptions, relu } from "./relu.ts";
export { sigmoid } from "./sigmoid.ts";
export { logSoftmax, softmax } from "./softmax.ts";
export { tanh } from "./tanh.ts";
