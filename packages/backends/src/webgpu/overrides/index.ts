import type { ImageOverride, KernelOverrides } from "@kindling/core/device";
import { cast } from "./cast.ts";
import {
  conv2dBackpropFilter,
  conv2dBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
} from "./convolution.ts";
import { cumsum } from "./cumsum.ts";
import { floorDivide, pow, remainder } from "./float-arithmetic.ts";
import { maxPool, maxPoolGrad, maxPoolWithArgmax } from "./pooling.ts";
import { matmul } from "./product.ts";
import { argmax, argmin, topk } from "./ranking.ts";
import { all, amax, amin, any, prod, sum } from "./reduction.ts";
import { softmax } from "./softmax.ts";
import { cos, erf, exp, expm1, log, log1p, sigmoid, sin, step, tanh } from "./unary.ts";
import { abs, add, eq, ge, gt, le, lt, maximum, minimum, mul, ne, neg, relu, square, sub } from "./whole-arithmetic.ts";
import { cat, flip, pad, permute, slice, take, tile, where } from "./whole-moves.ts";

/** The kernels in the place of the backend's own. */
export const overrides: KernelOverrides = {
  abs,
  add,
  all,
  amax,
  amin,
  any,
  argmax,
  argmin,
  cast,
  cat,
  cos,
  cumsum,
  eq,
  erf,
  exp,
  expm1,
  flip,
  floorDivide,
  ge,
  gt,
  le,
  log,
  log1p,
  lt,
  matmul,
  maximum,
  minimum,
  mul,
  ne,
  neg,
  pad,
  permute,
  pow,
  prod,
  relu,
  remainder,
  sigmoid,
  sin,
  slice,
  softmax,
  square,
  step,
  sub,
  sum,
  take,
  tanh,
  tile,
  topk,
  where,
};

/** The same for kernels of images with the channels last. */
export const imageOverrides: ReadonlyMap<string, ImageOverride> = new Map([
  ["Conv2DBackpropFilter", conv2dBackpropFilter],
  ["Conv2DBackpropInput", conv2dBackpropInput],
  ["DepthwiseConv2dNativeBackpropFilter", depthwiseBackpropFilter],
  ["DepthwiseConv2dNativeBackpropInput", depthwiseBackpropInput],
  ["MaxPool", maxPool],
  ["MaxPoolGrad", maxPoolGrad],
  ["MaxPoolWithArgmax", maxPoolWithArgmax],
]);
