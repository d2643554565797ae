import "./methods.ts";
import "./tensor-names.ts";

export { leaveScope, outsideScopes, type Scope } from "./ambient-scope.ts";
export { checkOperand, checkTensor } from "./arguments.ts";
export { resetGrad } from "./autograd/accumulate.ts";
export type { Gradients, GradOptions } from "./autograd/engine.ts";
export { enableGrad, isGradEnabled, noGrad } from "./autograd/grad-mode.ts";
export type { GradientHook, GraphNode } from "./autograd/graph.ts";
export { autograd } from "./autograd/index.ts";
export type { Bytes, FileBytes } from "./bytes.ts";
export { integerKernels } from "./cpu/integer-kernels.ts";
export { rankingKernels } from "./cpu/ranking-kernels.ts";
export { runningSums } from "./cpu/running-sums.ts";
export { cpu } from "./cpu.ts";
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
} from "./creation.ts";
export type { Attribute, Attributes, Device, Handle, Operand, Operands, TensorSpec } from "./device.ts";
export { isDevice, namesDevice, notADevice } from "./device-argument.ts";
export { allocate, type DType, isDType, isFloat, scalarTypeName, type TypedArray } from "./dtype.ts";
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
} from "./errors.ts";
export { checkFileName } from "./file-name.ts";
export { describeValue } from "./format/describe-value.ts";
export { formatFixed } from "./format/format-number.ts";
export { getPrintOptions, setPrintOptions } from "./format/print-options.ts";
export { pythonFloat, pythonRepr, pythonType } from "./format/python-repr.ts";
export { type Pair, pairOf, sidesOf } from "./images/attributes.ts";
export {
  type ConvolutionGeometry,
  geometryOf,
  gradientLayout,
  imageLayout,
  isLaidOut,
  type Layout,
  layOut,
  swappedWeight,
} from "./images/convolution-geometry.ts";
export { convolveInputGradInto, convolveInto, convolveWeightGradInto } from "./images/convolution-loops.ts";
export {
  type MaxPooling,
  maxPoolGradInto,
  maxPoolInto,
  maxPoolingOf,
  maxPoolPlacesInto,
} from "./images/max-pooling.ts";
export { setData } from "./inplace.ts";
export { type MemoryInfo, memory } from "./memory.ts";
export { max, min, to } from "./methods.ts";
export { NamedDevice } from "./named-device.ts";
export { refuseJson } from "./not-json.ts";
export { defineOp, kernel, kernels, type Op, type OpDefinition, onOneDevice, opNames } from "./op.ts";
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
export { checkOptions } from "./options.ts";
export { lookUp } from "./pending.ts";
export {
  asBuffer,
  asParameter,
  isBuffer,
  isParameter,
  isPersistentBuffer,
  markPersistent,
} from "./persistent.ts";
export { type Instead, redirectPythonNames } from "./python-names.ts";
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
export type { Saved } from "./saved-tensors.ts";
export { scope } from "./scope.ts";
export { formatShape, numel, type Shape, sameShape } from "./shape.ts";
export { loadTogether, type Stateful, type StatePart } from "./state/load-together.ts";
export { type NumberRange, StateReader } from "./state/state-reader.ts";
export { isTensor, type NestedArray, Tensor } from "./tensor.ts";
export type { Index, Pieces, TensorMethods, ValuesAndIndices } from "./tensor-methods.ts";
export { deviceFromTfjs } from "./tfjs/adopted.ts";
export { type KernelRepair, TfjsDevice, type TfjsDeviceOptions } from "./tfjs/device.ts";
export { fromTfjs, toTfjs } from "./tfjs/exchange.ts";
export type { TfjsHandle } from "./tfjs/handle.ts";
export type { TfjsInputs, TfjsRunner } from "./tfjs/runner.ts";
export { setWarningSink, type WarningSink, warn } from "./warn.ts";
