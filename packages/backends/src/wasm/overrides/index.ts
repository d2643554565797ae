import { type KernelOverrides, rankingKernels, runningSums } from "@kindling/core/device";
import { conv2d, conv2dInput, conv2dWeight } from "../images/convolution.ts";
import { maxPool2d, maxPool2dBackward, maxPool2dWithIndices } from "../images/pooling.ts";
import { cast } from "./cast.ts";
import { eq, ge, gt, le, lt, ne } from "./comparison.ts";
import { maximum, minimum } from "./extreme.ts";
import { flip } from "./flip.ts";
import { fused } from "./fused.ts";
import { abs, floorDivide, neg, pad, pow } from "./integers.ts";
import { logSoftmax, logSoftmaxBackward } from "./log-softmax.ts";
import { matmul } from "./matmul.ts";
import { adamStep, sgdStep } from "./optimizer-steps.ts";
import { sum } from "./sum.ts";
import { tile } from "./tile.ts";

/** The kernels in the place of the backend's own. */
export const overrides: KernelOverrides = {
  ...rankingKernels,
  ...fused,
  abs,
  adamStep,
  cast,
  conv2d,
  conv2dInput,
  conv2dWeight,
  cumsum: runningSums,
  eq,
  flip,
  floorDivide,
  ge,
  gt,
  le,
  logSoftmax,
  logSoftmaxBackward,
  lt,
  matmul,
  maxPool2d,
  maxPool2dBackward,
  maxPool2dWithIndices,
  maximum,
  minimum,
  ne,
  neg,
  pad,
  pow,
  sgdStep,
  sum,
  tile,
};
