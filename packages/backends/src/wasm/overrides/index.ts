import {
  type KernelOverrides,
  quotientKernels,
  rankingKernels,
  refusingOverflow,
  runningSums,
} from "@kindling/core/device";
import { conv2d, conv2dInput, conv2dWeight } from "../images/convolution.ts";
import { maxPool2d, maxPool2dBackward, maxPool2dWithIndices } from "../images/pooling.ts";
import { cast } from "./cast.ts";
import { eq, ge, gt, le, lt, ne } from "./comparison.ts";
import { maximum, minimum } from "./extreme.ts";
import { flip } from "./flip.ts";
import { fused } from "./fused.ts";
import { gather } from "./gather.ts";
import { abs, neg, pad, pow } from "./integers.ts";
import { logSoftmax, logSoftmaxBackward } from "./log-softmax.ts";
import { matmul } from "./matmul.ts";
import { adamStep, sgdStep } from "./optimizer-steps.ts";
import { sum } from "./sum.ts";
import { tile } from "./tile.ts";
import { cos, log1p, sign, sin, step } from "./unary.ts";

/** The kernels in the place of the backend's own. */
export const overrides: KernelOverrides = refusingOverflow({
  ...rankingKernels,
  ...fused,
  ...quotientKernels,
  abs,
  adamStep,
  cast,
  conv2d,
  conv2dInput,
  conv2dWeight,
  cos,
  cumsum: runningSums,
  eq,
  flip,
  gather,
  ge,
  gt,
  le,
  log1p,
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
  sign,
  sin,
  step,
  sum,
  tile,
});
