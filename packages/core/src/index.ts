import "./api/connect.ts";

export {
  arange,
  empty,
  emptyLike,
  eye,
  fromBuffer,
  full,
  fullLike,
  linspace,
  ones,
  onesLike,
  type RandomOptions,
  rand,
  randint,
  randLike,
  randn,
  randnLike,
  randperm,
  type TensorOptions,
  tensor,
  zeros,
  zerosLike,
} from "./api/creation.ts";
export { fromTfjs, toTfjs } from "./api/exchange.ts";
export { max, min, to } from "./api/methods.ts";
export type { Gradients, GradOptions } from "./autograd/engine.ts";
export { autograd } from "./autograd/index.ts";
export type { DType, TypedArray } from "./base/dtype.ts";
export {
  ArgumentTypeError,
  AutogradError,
  DeviceError,
  DTypeError,
  FreedTensorError,
  IndexOutOfRangeError,
  KindlingError,
  ShapeError,
  ValueError,
} from "./base/errors.ts";
export type { Shape } from "./base/shape.ts";
export { setWarningSink, type WarningSink } from "./base/warn.ts";
export type { FileBytes } from "./device/bytes.ts";
export type { Device, DeviceFacts } from "./device/device.ts";
export { cpu } from "./devices/cpu/cpu.ts";
export { deviceFromTfjs } from "./devices/tfjs/adopted.ts";
export { getPrintOptions, setPrintOptions } from "./format/print-options.ts";
export { enableGrad, isGradEnabled, noGrad } from "./graph/grad-mode.ts";
export { index } from "./ops/advanced-index.ts";
export {
  abs,
  add,
  ceil,
  clamp,
  cos,
  div,
  erf,
  exp,
  expm1,
  floor,
  log,
  log1p,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  reciprocal,
  relu,
  remainder,
  round,
  rsqrt,
  sigmoid,
  sign,
  sin,
  sqrt,
  square,
  sub,
  tanh,
} from "./ops/arithmetic.ts";
export { expand, reshape, sum } from "./ops/broadcast.ts";
export {
  eq,
  ge,
  gt,
  isfinite,
  isinf,
  isnan,
  le,
  logicalAnd,
  logicalNot,
  logicalOr,
  lt,
  maskedFill,
  ne,
  where,
} from "./ops/comparison.ts";
export type { SizeArgument } from "./ops/convolution/arguments.ts";
export { type ConvOptions, conv1d, conv2d } from "./ops/convolution/conv.ts";
export { type ConvTransposeOptions, convTranspose2d } from "./ops/convolution/conv-transpose.ts";
export { allclose, clone, detach, equal } from "./ops/copying.ts";
export { type EmbeddingOptions, embedding, embeddingRenorm_ } from "./ops/embedding.ts";
export { gather, indexSelect, maskedSelect, nonzero } from "./ops/indexing.ts";
export { cat, stack } from "./ops/joining.ts";
export { bmm, dot, linear, matmul, mm, mv, outer } from "./ops/matmul.ts";
export { flatten, flip, permute, repeat, squeeze, t, transpose, unflatten, unsqueeze } from "./ops/movement.ts";
export { adaptiveAvgPool2d } from "./ops/pooling/adaptive-avg-pool.ts";
export { type AvgPoolOptions, avgPool2d } from "./ops/pooling/avg-pool.ts";
export { type MaxPoolOptions, maxPool2d } from "./ops/pooling/max-pool.ts";
export {
  all,
  amax,
  amin,
  any,
  argmax,
  argmin,
  cumsum,
  logsumexp,
  mean,
  norm,
  prod,
  std,
  variance as var_,
} from "./ops/reduction.ts";
export { chunk, narrow, pad, select, split, unbind } from "./ops/slicing.ts";
export { logSoftmax, oneHot, softmax } from "./ops/softmax.ts";
export { argsort, sort, topk } from "./ops/sorting.ts";
export {
  defaultGenerator,
  getRngState,
  initialSeed,
  manualSeed,
  seed,
  setRngState,
} from "./random/default-generator.ts";
export { Generator } from "./random/generator.ts";
export type { Scope } from "./scope/ambient-scope.ts";
export { scope } from "./scope/scope.ts";
export { type MemoryInfo, memory } from "./storage/memory.ts";
export type { GradientHook, GraphNode } from "./tensor/graph-node.ts";
export { isTensor, type NestedArray, Tensor } from "./tensor/tensor.ts";
export type { Index, Pieces, TensorMethods, ValuesAndIndices } from "./tensor/tensor-methods.ts";
