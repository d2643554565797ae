// For authors of devices: the interface, TensorFlow.js backends as devices, and kernels to share.

export { castArray } from "./base/cast.ts";
export { allocate } from "./base/dtype.ts";
export { isList } from "./base/is-list.ts";
export { zeroDivision } from "./base/whole-numbers.ts";
export type { Bytes } from "./device/bytes.ts";
export type {
  Attribute,
  Attributes,
  Device,
  DeviceFacts,
  Handle,
  HostMemory,
  Operand,
  Operands,
  TensorSpec,
} from "./device/device.ts";
export type {
  AdamStepAttributes,
  AttributesOf,
  BasicKernel,
  BinaryKernel,
  EachInput,
  FusedKernel,
  InputsOf,
  KernelName,
  Kernels,
  ReductionKernel,
  SGDStepAttributes,
  UnaryKernel,
} from "./device/kernels.ts";
export { isKernelName } from "./device/kernels.ts";
export { NamedDevice } from "./device/named-device.ts";
export { castKernel } from "./devices/cpu/cast.ts";
export { integerKernels, refusingOverflow } from "./devices/cpu/integer-kernels.ts";
export { quotientKernels } from "./devices/cpu/quotient-kernels.ts";
export { rankingKernels } from "./devices/cpu/ranking-kernels.ts";
export { runningSums } from "./devices/cpu/running-sums.ts";
export { type BackendArrays, fusedKernels } from "./devices/fused/fused-kernels.ts";
export { blocksOf } from "./devices/fused/indexing.ts";
export { adamFactors, sgdFactors } from "./devices/fused/optimizer-steps.ts";
export type { Pair } from "./devices/images/attributes.ts";
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
export {
  allFinite,
  convolveInputGradInto,
  convolveInto,
  convolveWeightGradInto,
} from "./devices/images/convolution-loops.ts";
export {
  type MaxPooling,
  maxPoolGradInto,
  maxPoolInto,
  maxPoolingOf,
  maxPoolPlacesInto,
} from "./devices/images/max-pooling.ts";
export { TfjsDevice, type TfjsDeviceOptions } from "./devices/tfjs/device.ts";
export type { TfjsHandle } from "./devices/tfjs/handle.ts";
export type { ImageOverride, KernelOverride, KernelOverrides } from "./devices/tfjs/overrides.ts";
export type { Infos, TfjsInputs, TfjsRunner } from "./devices/tfjs/runner.ts";
export { lookUp } from "./storage/pending.ts";
