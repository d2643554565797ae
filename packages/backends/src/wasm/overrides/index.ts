import { type KernelOverride, rankingKernels, runningSums } from "@kindling/core/device";
import { conv2d, conv2dBackpropFilter, conv2dBackpropInput } from "../images/convolution.ts";
import { maxPool, maxPoolGrad, maxPoolWithArgmax } from "../images/pooling.ts";
import { batchMatMul } from "./batch-mat-mul.ts";
import { cast } from "./cast.ts";
import { equal, greater, greaterEqual, less, lessEqual, notEqual } from "./comparison.ts";
import { maximum, minimum } from "./extreme.ts";
import { fusedMatMul } from "./fused-mat-mul.ts";
import { abs, floorDiv, neg, padV2, pow } from "./integers.ts";
import { reverse } from "./reverse.ts";
import { sum } from "./sum.ts";
import { tile } from "./tile.ts";

/** What takes the place of the backend's own kernels, by kernel name. */
export const overrides: ReadonlyMap<string, KernelOverride> = new Map([
  ...rankingKernels,
  ["Abs", abs],
  ["BatchMatMul", batchMatMul],
  ["Cast", cast],
  ["Conv2D", conv2d],
  ["Conv2DBackpropFilter", conv2dBackpropFilter],
  ["Conv2DBackpropInput", conv2dBackpropInput],
  ["Cumsum", runningSums],
  ["Equal", equal],
  ["FloorDiv", floorDiv],
  ["Greater", greater],
  ["GreaterEqual", greaterEqual],
  ["Less", less],
  ["LessEqual", lessEqual],
  ["MaxPool", maxPool],
  ["MaxPoolGrad", maxPoolGrad],
  ["MaxPoolWithArgmax", maxPoolWithArgmax],
  ["Maximum", maximum],
  ["Minimum", minimum],
  ["Neg", neg],
  ["NotEqual", notEqual],
  ["PadV2", padV2],
  ["Pow", pow],
  ["Reverse", reverse],
  ["Sum", sum],
  ["Tile", tile],
  ["_FusedMatMul", fusedMatMul],
]);
