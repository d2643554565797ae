// For authors of ops, layers, optimizers, metrics and data sets.

import "./api/connect.ts";

export { resetGrad } from "./autograd/accumulate.ts";
export { CALL, Callable, isObject } from "./base/callable.ts";
export { floatOf } from "./base/default-dtype.ts";
export { describeValue } from "./base/describe-value.ts";
export { bytesPerElement, DTYPES, dtypeNamed, isDType, isFloat, isInteger, scalarTypeName } from "./base/dtype.ts";
export { allocateForFile, type FileArray, fileArrayOf, fromFileArray, toFileArray } from "./base/file-elements.ts";
export { checkFileName } from "./base/file-name.ts";
export { refuseJson } from "./base/not-json.ts";
export { checkOptions } from "./base/options.ts";
export { type Instead, redirectPythonNames } from "./base/python-names.ts";
export { pythonFloat, pythonRepr, pythonType } from "./base/python-repr.ts";
export { formatShape, numel, sameShape } from "./base/shape.ts";
export { surplusArguments } from "./base/surplus-arguments.ts";
export { warn } from "./base/warn.ts";
export { isDevice, namesDevice, notADevice } from "./device/device-argument.ts";
export { formatFixed } from "./format/format-number.ts";
export { defineFused, type Fused } from "./graph/fused.ts";
export { defineOp, kernel, type Op, type OpDefinition, onOneDevice, opNames, runKernel, watchOps } from "./graph/op.ts";
export type { Saved } from "./graph/saved-tensors.ts";
export { setData } from "./ops/data.ts";
export { peek } from "./ops/index-tensor.ts";
export { normalize } from "./ops/normalization.ts";
export { adamStep, sgdStep } from "./ops/optimizer-steps.ts";
export { firstReaching } from "./random/first-reaching.ts";
export { isGenerator } from "./random/generator.ts";
export { leaveScope, leavingScope, outsideScopes } from "./scope/ambient-scope.ts";
export { loadTogether, type Stateful, type StatePart } from "./state/load-together.ts";
export { type NumberRange, StateReader } from "./state/state-reader.ts";
export { checkInts, checkList, checkOperand, checkTensor, type ListArgument } from "./tensor/arguments.ts";
export {
  asBuffer,
  asParameter,
  detachFromScope,
  isBuffer,
  isParameter,
  isPersistentBuffer,
} from "./tensor/persistent.ts";
