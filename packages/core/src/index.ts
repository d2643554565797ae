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
export { getDefaultDevice, setDefaultDevice } from "./api/default-device.ts";
export { getDefaultDtype, setDefaultDtype } from "./api/default-dtype.ts";
export { fromTfjs, toTfjs } from "./api/exchange.ts";
export * from "./api/functions.ts";
export { normal } from "./api/normal.ts";
export type { TensorMethods } from "./api/tensor-methods.ts";
export type { Gradients, GradOptions } from "./autograd/grad.ts";
export { autograd } from "./autograd/index.ts";
export type { DType, DTypeName, TypedArray } from "./base/dtype.ts";
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
export { enableGrad, inferenceMode, isGradEnabled, noGrad, setGradEnabled } from "./graph/grad-mode.ts";
export type { SizeArgument } from "./ops/convolution/arguments.ts";
export { type ConvOptions, conv1d, conv2d } from "./ops/convolution/conv.ts";
export { type ConvTransposeOptions, convTranspose2d } from "./ops/convolution/conv-transpose.ts";
export { type EmbeddingOptions, embedding, embeddingRenorm_ } from "./ops/embedding.ts";
export { cat, stack } from "./ops/joining.ts";
export { linear } from "./ops/linear.ts";
export { oneHot } from "./ops/one-hot.ts";
export { pad } from "./ops/pad.ts";
export { adaptiveAvgPool2d } from "./ops/pooling/adaptive-avg-pool.ts";
export { type AvgPoolOptions, avgPool2d } from "./ops/pooling/avg-pool.ts";
export { type MaxPoolOptions, maxPool2d } from "./ops/pooling/max-pool.ts";
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
export type { Index, Pieces, ValuesAndIndices } from "./tensor/method-arguments.ts";
export type { NestedArray } from "./tensor/nested-array.ts";
export { isTensor, Tensor } from "./tensor/tensor.ts";
