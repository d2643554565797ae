export { adaptiveAvgPool2d, avgPool2d, conv1d, conv2d, convTranspose2d, maxPool2d } from "@kindling/core";
export { type BatchNormOptions, batchNorm } from "./batch-norm.ts";
export { type BinaryCrossEntropyOptions, binaryCrossEntropy } from "./binary-cross-entropy.ts";
export {
  type BinaryCrossEntropyWithLogitsOptions,
  binaryCrossEntropyWithLogits,
  logSigmoid,
} from "./binary-cross-entropy-with-logits.ts";
export { type CrossEntropyOptions, crossEntropy } from "./cross-entropy.ts";
export { type DropoutFunctionOptions, dropout } from "./dropout.ts";
export { dropout2d } from "./dropout2d.ts";
export { type ELUOptions, elu } from "./elu.ts";
export { type EmbeddingFunctionOptions, embedding } from "./embedding.ts";
export { type GELUOptions, gelu } from "./gelu.ts";
export { type GroupNormFunctionOptions, groupNorm } from "./group-norm.ts";
export { l1Loss } from "./l1-loss.ts";
export { type LayerNormFunctionOptions, layerNorm } from "./layer-norm.ts";
export { type LeakyReLUOptions, leakyRelu } from "./leaky-relu.ts";
export { linear } from "./linear.ts";
export { mseLoss } from "./mse-loss.ts";
export { type NLLLossOptions, nllLoss } from "./nll-loss.ts";
export { type PaddingMode, type PadOptions, pad } from "./pad.ts";
export type { Reduction, ReductionOptions } from "./reduction.ts";
export { type InplaceOptions, relu } from "./relu.ts";
export { sigmoid } from "./sigmoid.ts";
export { silu } from "./silu.ts";
export { logSoftmax, softmax } from "./softmax.ts";
export { type SoftplusOptions, softplus } from "./softplus.ts";
export { tanh } from "./tanh.ts";
