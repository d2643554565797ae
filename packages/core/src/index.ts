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
export { resetGrad } from "./autograd/accumulate.ts";
export type { Gradients, GradOptions } from "./autograd/engine.ts";
export { autograd } from "./autograd/index.ts";
export { describeValue } from "./base/describe-value.ts";
export { allocate, type DType, isDType, isFloat, scalarTypeName, type TypedArray } from "./base/dtype.ts";
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
export { checkFileName } from "./base/file-name.ts";
export { refuseJson } from "./base/not-json.ts";
export { checkOptions } from "./base/options.ts";
export { type Instead, redirectPythonNames } from "./base/python-names.ts";
export { pythonFloat, pythonRepr, pythonType } from "./base/python-repr.ts";
export { formatShape, numel, type Shape, sameShape } from "./base/shape.ts";
export { setWarningSink, type WarningSink, warn } from "./base/warn.ts";
export type { Bytes, FileBytes } from "./device/bytes.ts";
export type { Attribute, Attributes, Device, Handle, Operand, Operands, TensorSpec } from "./device/device.ts";
export { isDevice, namesDevice, notADevice } from "./device/device-argument.ts";
export type { AttributesOf, InputsOf, KernelName, Kernels } from "./device/kernels.ts";
export { NamedDevice } from "./device/named-device.ts";
export { cpu } from "./devices/cpu/cpu.ts";
export { integerKernels } from "./devices/cpu/integer-kernels.ts";
export { rankingKernels } from "./devices/cpu/ranking-kernels.ts";
export { runningSums } from "./devices/cpu/running-sums.ts";
export { type Pair, pairOf, sidesOf } from "./devices/images/attributes.ts";
export {
  type ConvolutionGeometry,
  geometryOf,
  gradientLayout,
  imageLayout,
  isLaidOut,
  type Layout,
  layOut,
  swappedWeight,
} from "./devices/images/convolution-geometry.ts";
export { convolveInputGradInto, convolveInto, convolveWeightGradInto } from "./devices/images/convolution-loops.ts";
export {
  type MaxPooling,
  maxPoolGradInto,
  maxPoolInto,
  maxPoolingOf,
  maxPoolPlacesInto,
} from "./devices/images/max-pooling.ts";
export { deviceFromTfjs } from "./devices/tfjs/adopted.ts";
export { type KernelRepair, TfjsDevice, type TfjsDeviceOptions } from "./devices/tfjs/device.ts";
export type { TfjsHandle } from "./devices/tfjs/handle.ts";
export type { TfjsInputs, TfjsRunner } from "./devices/tfjs/runner.ts";
export { spelled } from "./devices/tfjs/spelling.ts";
export { formatFixed } from "./format/format-number.ts";
export { getPrintOptions, setPrintOptions } from "./format/print-options.ts";
export { enableGrad, isGradEnabled, noGrad } from "./graph/grad-mode.ts";
export { defineOp, kernel, kernels, type Op, type OpDefinition, onOneDevice, opNames } from "./graph/op.ts";
export type { Saved } from "./graph/saved-tensors.ts";
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
export { gather, indexSelect, maskedSelect, nonzero, peek } from "./ops/indexing.ts";
export { setData } from "./ops/inplace.ts";
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
export { firstReaching } from "./random/first-reaching.ts";
export { Generator, isGenerator } from "./random/generator.ts";
export { leaveScope, outsideScopes, type Scope } from "./scope/ambient-scope.ts";
export { scope } from "./scope/scope.ts";
export { loadTogether, type Stateful, type StatePart } from "./state/load-together.ts";
export { type NumberRange, StateReader } from "./state/state-reader.ts";
export { type MemoryInfo, memory } from "./storage/memory.ts";
export { lookUp } from "./storage/pending.ts";
export { checkList, checkOperand, checkTensor, type ListArgument } from "./tensor/arguments.ts";
export type { GradientHook, GraphNode } from "./tensor/graph-node.ts";
export {
  asBuffer,
  asParameter,
  isBuffer,
  isParameter,
  isPersistentBuffer,
  markPersistent,
} from "./tensor/persistent.ts";
export { isTensor, type NestedArray, Tensor } from "./tensor/tensor.ts";
export type { Index, Pieces, TensorMethods, ValuesAndIndices } from "./tensor/tensor-methods.ts";
