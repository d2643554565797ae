import { ones, type Tensor, tensor } from "@kindling/core";
import {
  AdaptiveAvgPool2d,
  AvgPool2d,
  BatchNorm1d,
  BatchNorm2d,
  BCELoss,
  BCEWithLogitsLoss,
  Conv1d,
  Conv2d,
  ConvTranspose2d,
  CrossEntropyLoss,
  Dropout,
  Dropout2d,
  ELU,
  Embedding,
  Flatten,
  GELU,
  GroupNorm,
  Identity,
  L1Loss,
  LayerNorm,
  LeakyReLU,
  Linear,
  LogSoftmax,
  MaxPool2d,
  ModuleList,
  MSELoss,
  NLLLoss,
  ReLU,
  Sequential,
  Sigmoid,
  SiLU,
  Softmax,
  Softplus,
  Tanh,
} from "../index.ts";
import type { ModuleCase } from "./module-laws.ts";

const scores = (): Tensor =>
  tensor([
    [0.5, -1.25, 2],
    [-0.75, 1.5, 0.25],
  ]);
const picture = (): Tensor =>
  tensor([
    0.3, -1.1, 0.9, 1.7, -0.4, 0.2, -1.6, 0.7, 1.2, -0.8, 0.5, -0.2, 2, 0.1, -0.9, 1.4, -1.3, 0.6, -0.5, 1.9, 0.8, -1.8,
    1.1, -0.7,
  ]).reshape([2, 2, 2, 3]);
const images = (): Tensor => scores().reshape([1, 2, 3]);
const labels = (): Tensor => tensor([2, 0], { dtype: "int32" });
const targets = (): Tensor =>
  tensor([
    [0.1, 0.7, 0.2],
    [0.9, 0.3, 0.4],
  ]);
const probabilities = (): Tensor => scores().sigmoid();

/** One example or more of every module of this package: what the laws are tried on. A newcomer adds a line. */
export const moduleCases: Readonly<Record<string, readonly ModuleCase[]>> = {
  BCELoss: [{ make: () => new BCELoss(), inputs: () => [probabilities(), targets()] }],
  AdaptiveAvgPool2d: [{ make: () => new AdaptiveAvgPool2d([1, 2]), inputs: () => [picture()] }],
  AvgPool2d: [{ make: () => new AvgPool2d(2, { stride: 1, padding: 1 }), inputs: () => [picture()] }],
  BatchNorm1d: [
    { make: () => new BatchNorm1d(3), inputs: () => [scores()] },
    { make: () => new BatchNorm1d(2, { affine: false, momentum: null }), inputs: () => [images()] },
  ],
  BatchNorm2d: [
    { make: () => new BatchNorm2d(2), inputs: () => [picture()] },
    { make: () => new BatchNorm2d(2, { trackRunningStats: false }), inputs: () => [picture()] },
  ],
  BCEWithLogitsLoss: [
    { make: () => new BCEWithLogitsLoss(), inputs: () => [scores(), targets()] },
    { make: () => new BCEWithLogitsLoss({ posWeight: ones([3]).mul(2) }), inputs: () => [scores(), targets()] },
  ],
  Conv1d: [
    { make: () => new Conv1d(2, 3, 2), inputs: () => [images()] },
    { make: () => new Conv1d(2, 2, 3, { padding: "same", groups: 2, bias: false }), inputs: () => [images()] },
  ],
  Conv2d: [
    { make: () => new Conv2d(2, 3, 2, { padding: 1, stride: [2, 1] }), inputs: () => [picture()] },
    { make: () => new Conv2d(2, 2, [1, 2], { dilation: 2, groups: 2, bias: false }), inputs: () => [picture()] },
    { make: () => new Conv2d(2, 1, 3, { padding: "same", paddingMode: "reflect" }), inputs: () => [picture()] },
  ],
  ConvTranspose2d: [
    { make: () => new ConvTranspose2d(2, 3, 2, { stride: 2, outputPadding: 1 }), inputs: () => [picture()] },
    { make: () => new ConvTranspose2d(2, 2, 3, { padding: 1, groups: 2 }), inputs: () => [picture()] },
  ],
  CrossEntropyLoss: [
    { make: () => new CrossEntropyLoss(), inputs: () => [scores(), labels()] },
    { make: () => new CrossEntropyLoss({ weight: tensor([1, 2, 3]) }), inputs: () => [scores(), labels()] },
    { make: () => new CrossEntropyLoss({ labelSmoothing: 0.1 }), inputs: () => [scores(), targets()] },
  ],
  Dropout: [{ make: () => new Dropout(0.4), inputs: () => [scores()] }],
  Dropout2d: [{ make: () => new Dropout2d(0.4), inputs: () => [picture()] }],
  ELU: [{ make: () => new ELU(0.5), inputs: () => [scores()] }],
  Embedding: [
    { make: () => new Embedding(4, 3, { paddingIdx: 3 }), inputs: () => [labels()] },
    { make: () => new Embedding(4, 3, { scaleGradByFreq: true }), inputs: () => [labels()] },
  ],
  Flatten: [{ make: () => new Flatten(), inputs: () => [images()] }],
  GELU: [
    { make: () => new GELU(), inputs: () => [scores()] },
    { make: () => new GELU("tanh"), inputs: () => [scores()] },
  ],
  GroupNorm: [{ make: () => new GroupNorm(2, 4), inputs: () => [picture().reshape([2, 4, 3])] }],
  Identity: [{ make: () => new Identity(), inputs: () => [scores()] }],
  L1Loss: [{ make: () => new L1Loss(), inputs: () => [scores(), targets()] }],
  LayerNorm: [{ make: () => new LayerNorm([2, 3]), inputs: () => [images()] }],
  LeakyReLU: [
    { make: () => new LeakyReLU(0.2), inputs: () => [scores()] },
    { make: () => new LeakyReLU({ inplace: true }), inputs: () => [scores()] },
  ],
  Linear: [
    { make: () => new Linear(3, 2), inputs: () => [scores()] },
    { make: () => new Linear(3, 4, { bias: false }), inputs: () => [images()] },
  ],
  LogSoftmax: [{ make: () => new LogSoftmax(1), inputs: () => [scores()] }],
  MaxPool2d: [
    { make: () => new MaxPool2d(2), inputs: () => [picture()] },
    { make: () => new MaxPool2d(2, { stride: 1, padding: 1, dilation: 2 }), inputs: () => [picture()] },
  ],
  MSELoss: [{ make: () => new MSELoss({ reduction: "sum" }), inputs: () => [scores(), targets()] }],
  ModuleList: [{ make: () => new Chain(), inputs: () => [scores()] }],
  NLLLoss: [
    { make: () => new NLLLoss({ ignoreIndex: 0 }), inputs: () => [scores(), labels()] },
    { make: () => new NLLLoss({ reduction: "none" }), inputs: () => [scores(), labels()] },
  ],
  ReLU: [
    { make: () => new ReLU(), inputs: () => [scores()] },
    { make: () => new ReLU({ inplace: true }), inputs: () => [scores()] },
  ],
  Sequential: [
    {
      make: () => new Sequential(new Flatten(), new Linear(6, 4), new Tanh(), new Dropout(0.5), new Linear(4, 2)),
      inputs: () => [images()],
    },
  ],
  Sigmoid: [{ make: () => new Sigmoid(), inputs: () => [scores()] }],
  SiLU: [{ make: () => new SiLU(), inputs: () => [scores()] }],
  Softmax: [{ make: () => new Softmax(1), inputs: () => [scores()] }],
  Softplus: [{ make: () => new Softplus({ beta: 2 }), inputs: () => [scores()] }],
  Tanh: [{ make: () => new Tanh(), inputs: () => [scores()] }],
};

/** A list does nothing by itself: here its owner calls its elements in turn. */
class Chain extends ModuleList {
  constructor() {
    super([new Linear(3, 3), new Linear(3, 2)]);
  }

  override forward(x: Tensor): Tensor {
    for (const module of this) x = module.forward(x);
    return x;
  }
}
