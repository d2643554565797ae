import type { KernelOverride } from "@kindling/core/device";
import { cast } from "./cast.ts";
import {
  conv2dBackpropFilter,
  conv2dBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
} from "./convolution.ts";
import { cumsum } from "./cumsum.ts";
import { maxPool, maxPoolGrad, maxPoolWithArgmax } from "./pooling.ts";
import { batchMatMul, fusedMatMul } from "./product.ts";
import { argMax, argMin, topK } from "./ranking.ts";
import { all, any, max, min, prod, sum } from "./reduction.ts";
import { cos, exp, expm1, log, log1p, sigmoid, sin } from "./unary.ts";
import {
  abs,
  add,
  equal,
  floorDiv,
  greater,
  greaterEqual,
  less,
  lessEqual,
  maximum,
  minimum,
  mod,
  multiply,
  neg,
  notEqual,
  pow,
  relu,
  square,
  sub,
} from "./whole-arithmetic.ts";
import { concat, gatherV2, padV2, reverse, select, slice, tile, transpose } from "./whole-moves.ts";

/** What takes the place of the backend's own kernels, by kernel name. */
export const overrides: ReadonlyMap<string, KernelOverride> = new Map([
  ["Abs", abs],
  ["Add", add],
  ["All", all],
  ["Any", any],
  ["ArgMax", argMax],
  ["ArgMin", argMin],
  ["BatchMatMul", batchMatMul],
  ["Cast", cast],
  ["Concat", concat],
  ["Cos", cos],
  ["Cumsum", cumsum],
  ["Equal", equal],
  ["Exp", exp],
  ["Expm1", expm1],
  ["FloorDiv", floorDiv],
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
  ["Neg", neg],
  ["NotEqual", notEqual],
  ["PadV2", padV2],
  ["Pow", pow],
  ["Prod", prod],
  ["Relu", relu],
  ["Reverse", reverse],
  ["Select", select],
  ["Sigmoid", sigmoid],
  ["Sin", sin],
  ["Slice", slice],
  ["Square", square],
  ["Sub", sub],
  ["Sum", sum],
  ["Tile", tile],
  ["TopK", topK],
  ["Transpose", transpose],
  ["_FusedMatMul", fusedMatMul],
]);

/** The same for kernels of images with the channels last. */
export const imageOverrides: ReadonlyMap<string, KernelOverride> = new Map([
  ["Conv2DBackpropFilter", conv2dBackpropFilter],
  ["Conv2DBackpropInput", conv2dBackpropInput],
  ["DepthwiseConv2dNativeBackpropFilter", depthwiseBackpropFilter],
  ["DepthwiseConv2dNativeBackpropInput", depthwiseBackpropInput],
  ["MaxPool", maxPool],
  ["MaxPoolGrad", maxPoolGrad],
  ["MaxPoolWithArgmax", maxPoolWithArgmax],
]);
