export { adaptiveAvgPool2d, avgPool2d, conv1d, conv2d, convTranspose2d, maxPool2d } from "@kindling/core";
export { type ELUOptions, elu } from "../activations/elu.ts";
export { type GELUOptions, gelu } from "../activations/gelu.ts";
export { type LeakyReLUOptions, leakyRelu } from "../activations/leaky-relu.ts";
export { logSoftmax } from "../activations/log-softmax.ts";
export { type InplaceOptions, relu } from "../activations/relu.ts";
export { sigmoid } from "../activations/sigmoid.ts";
export { silu } from "../activations/silu.ts";
export { softmax } from "../activations/softmax.ts";
export { type SoftplusOptions, softplus } from "../activations/softplus.ts";
export { softsign } from "../activations/softsign.ts";
export { tanh } from "../activations/tanh.ts";
export { type DropoutFunctionOptions, dropout } from "../layers/dropout.ts";
export { dropout2d } from "../layers/dropout2d.ts";
export { type EmbeddingFunctionOptions, embedding } from "../layers/embedding.ts";
export { type GroupNormFunctionOptions, groupNorm } from "../layers/group-norm.ts";
export { type LayerNormFunctionOptions, layerNorm } from "../layers/layer-norm.ts";
export { linear } from "../layers/linear.ts";
export { type BinaryCrossEntropyOptions, binaryCrossEntropy } from "../losses/bce.ts";
export {
  type BinaryCrossEntropyWithLogitsOptions,
  binaryCrossEntropyWithLogits,
  logSigmoid,
} from "../losses/bce-with-logits.ts";
export { type CrossEntropyOptions, crossEntropy } from "../losses/cross-entropy.ts";
export { l1Loss } from "../losses/l1.ts";
export { mseLoss } from "../losses/mse.ts";
export { type NLLLossOptions, nllLoss } from "../losses/nll.ts";
export { type SmoothL1LossOptions, smoothL1Loss } from "../losses/smooth-l1.ts";
export { type BatchNormOptions, batchNorm } from "./batch-norm.ts";
export { type PaddingMode, type PadOptions, pad } from "./pad.ts";
export type { Reduction, ReductionOptions } from "./reduction.ts";
