import type { KernelRepair } from "@kindling/core";
import { cast } from "./cast.ts";
import {
  conv2dBackpropFilter,
  conv2dBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
} from "./convolution.ts";
import { cumsum } from "./cumsum.ts";
import { maxPool, maxPoolGrad, maxPoolWithArgmax } from "./pooling.ts";
import { argMax, argMin, topK } from "./ranking.ts";
import { all, any, max, min, prod, sum } from "./reduction.ts";
import { cos, exp, expm1, log, log1p, sigmoid, sin } from "./unary.ts";
import {
  add,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  maximum,
  minimum,
  mod,
  multiply,
  notEqual,
  sub,
} from "./whole-arithmetic.ts";
import { concat, gatherV2, padV2, reverse, slice, tile, transpose } from "./whole-moves.ts";

/** What takes the place of the backend's own kernels, by kernel name. */
export const repairs: ReadonlyMap<string, KernelRepair> = new Map([
  ["Add", add],
  ["All", all],
  ["Any", any],
  ["ArgMax", argMax],
  ["ArgMin", argMin],
  ["Cast", cast],
  ["Concat", concat],
  ["Cos", cos],
  ["Cumsum", cumsum],
  ["Equal", equal],
  ["Exp", exp],
  ["Expm1", expm1],
  ["GatherV2", gatherV2],
  ["Greater", greater],
  ["GreaterEqual", greaterEqual],
  ["Less", less],
  ["LessEqual", lessEqual],
  ["Log", log],
  ["Log1p", log1p],
  ["Max", max],
  ["Maximum", maximum],
  ["Min", min],
  ["Minimum", minimum],
  ["Mod", mod],
  ["Multiply", multiply],
  ["NotEqual", notEqual],
  ["PadV2", padV2],
  ["Prod", prod],
  ["Reverse", reverse],
  ["Sigmoid", sigmoid],
  ["Sin", sin],
  ["Slice", slice],
  ["Sub", sub],
  ["Sum", sum],
  ["Tile", tile],
  ["TopK", topK],
  ["Transpose", transpose],
]);

/** The same for kernels of images with the channels last. */
export const imageRepairs: ReadonlyMap<string, KernelRepair> = new Map([
  ["Conv2DBackpropFilter", conv2dBackpropFilter],
  ["Conv2DBackpropInput", conv2dBackpropInput],
  ["DepthwiseConv2dNativeBackpropFilter", depthwiseBackpropFilter],
  ["DepthwiseConv2dNativeBackpropInput", depthwiseBackpropInput],
  ["MaxPool", maxPool],
  ["MaxPoolGrad", maxPoolGrad],
  ["MaxPoolWithArgmax", maxPoolWithArgmax],
]);
