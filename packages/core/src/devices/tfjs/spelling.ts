import type * as tfjs from "@tensorflow/tfjs-core";
import { DeviceError } from "../../base/errors.ts";
import type { Attributes, TensorSpec } from "../../device/device.ts";
import {
  type AttributesOf,
  type BasicKernel,
  type BinaryKernel,
  type KernelName,
  traits,
  type UnaryKernel,
} from "../../device/kernels.ts";
import { type TensorInfo, tfjsType } from "./handle.ts";
import type { Infos, TfjsInputs } from "./runner.ts";

// How TensorFlow.js 4.22 spells our kernels. A pointwise kernel of the same name, `atan` and `Atan`, needs no row.

/** A call in TensorFlow.js's words. */
export interface TfjsCall {
  readonly kernel: string;
  readonly inputs: TfjsInputs;
  readonly attrs: Attributes;
}

/** A kernel's name where nothing else differs, or the whole call. */
type Spelling<K extends KernelName> =
  | string
  | ((inputs: Infos<K>, attrs: AttributesOf<K>, out: TensorSpec) => TfjsCall);

/** The names of TensorFlow.js's kernels. */
type TfjsName = Extract<(typeof tfjs)[keyof typeof tfjs], string>;

type Pointwise = Exclude<UnaryKernel | BinaryKernel, "cast" | "step">;

/** The kernels that have the same name there, with a capital, and no attributes of its own. */
type SameName = { [K in Pointwise]: Capitalize<K> extends TfjsName ? K : never }[Pointwise];

function reduction(kernel: string): Spelling<"sum"> {
  return (inputs, { dims, keepdim }) => ({ kernel, inputs, attrs: { axis: dims, keepDims: keepdim } });
}

function position(kernel: string): Spelling<"argmax"> {
  return (inputs, { dim }) => ({ kernel, inputs, attrs: { axis: dim } });
}

function convolution(kernel: string): (inputs: TfjsInputs, attrs: AttributesOf<"conv2d">) => TfjsCall {
  return (inputs, { stride, padding, dilation, groups }) => ({
    kernel,
    inputs,
    attrs: { strides: stride, pad: padding, dilations: dilation, groups, dataFormat: "NCHW" },
  });
}

function pooling(kernel: string): (inputs: TfjsInputs, attrs: AttributesOf<"maxPool2d">) => TfjsCall {
  return (inputs, { kernelSize, stride, padding }) => ({
    kernel,
    inputs,
    attrs: { filterSize: kernelSize, strides: stride, pad: padding, dataFormat: "NCHW" },
  });
}

/** A batch of one. */
const batched = (matrix: TensorInfo): TensorInfo =>
  matrix.shape.length === 2 ? { ...matrix, shape: [1, ...matrix.shape] } : matrix;

const basic = {
  all: reduction("All"),
  amax: (inputs, { dims, keepdim }) => ({
    kernel: "Max",
    inputs,
    attrs: { reductionIndices: dims, keepDims: keepdim },
  }),
  amin: reduction("Min"),
  any: reduction("Any"),
  argmax: position("ArgMax"),
  argmin: position("ArgMin"),
  cast: (inputs, _attrs, { dtype }) => ({ kernel: "Cast", inputs, attrs: { dtype: tfjsType(dtype) } }),
  cat: (inputs, { dim }) => ({ kernel: "Concat", inputs, attrs: { axis: dim } }),
  conv2d: ({ x, weight }, attrs) => convolution("Conv2D")({ x, filter: weight }, attrs),
  conv2dInput: ({ grad, weight }, attrs) => convolution("Conv2DBackpropInput")({ dy: grad, filter: weight }, attrs),
  conv2dWeight: ({ x, grad }, attrs) => convolution("Conv2DBackpropFilter")({ x, dy: grad }, attrs),
  cumsum: (inputs, { dim, reverse }) => ({ kernel: "Cumsum", inputs, attrs: { axis: dim, exclusive: false, reverse } }),
  div: "RealDiv",
  eq: "Equal",
  flip: (inputs, { dims }) => ({ kernel: "Reverse", inputs, attrs: { dims } }),
  floorDivide: "FloorDiv",
  ge: "GreaterEqual",
  gt: "Greater",
  isfinite: "IsFinite",
  isinf: "IsInf",
  isnan: "IsNan",
  le: "LessEqual",
  lt: "Less",
  matmul({ a, b, bias }, { transposeA, transposeB }) {
    if (bias === undefined) return { kernel: "BatchMatMul", inputs: { a, b }, attrs: { transposeA, transposeB } };
    // The fused product takes batches.
    const inputs = { a: batched(a), b: batched(b), bias };
    return { kernel: "_FusedMatMul", inputs, attrs: { transposeA, transposeB, activation: "linear" } };
  },
  maxPool2d: pooling("MaxPool"),
  maxPool2dBackward: ({ grad, x, y }, attrs) => pooling("MaxPoolGrad")({ dy: grad, input: x, output: y }, attrs),
  maxPool2dWithIndices: pooling("MaxPoolWithArgmax"),
  mul: "Multiply",
  ne: "NotEqual",
  oneHot: ({ index }, { depth }, { dtype }) => ({
    kernel: "OneHot",
    inputs: { indices: index },
    attrs: { depth, onValue: 1, offValue: 0, dtype: tfjsType(dtype) },
  }),
  pad: (inputs, { padding, value }) => ({
    kernel: "PadV2",
    inputs,
    attrs: { paddings: padding, constantValue: value },
  }),
  permute: (inputs, { dims }) => ({ kernel: "Transpose", inputs, attrs: { perm: dims } }),
  prod: reduction("Prod"),
  remainder: "Mod",
  scatterRows: ({ updates, index }, _attrs, { shape }) => ({
    kernel: "ScatterNd",
    inputs: { indices: { ...index, shape: [...index.shape, 1] }, updates },
    attrs: { shape },
  }),
  slice: (inputs, { begin, size }) => ({ kernel: "Slice", inputs, attrs: { begin, size } }),
  softmax: ({ x }) => ({ kernel: "Softmax", inputs: { logits: x }, attrs: { dim: x.shape.length - 1 } }),
  step: (inputs) => ({ kernel: "Step", inputs, attrs: { alpha: 0 } }),
  sum: reduction("Sum"),
  take: ({ x, index }) => ({
    kernel: "GatherV2",
    inputs: { x, indices: index },
    attrs: { axis: 0, batchDims: 0 },
  }),
  tile: (inputs, { repeats }) => ({ kernel: "Tile", inputs, attrs: { reps: repeats } }),
  topk: (inputs, { k }) => ({ kernel: "TopK", inputs, attrs: { k, sorted: true } }),
  where: ({ condition, a, b }) => ({ kernel: "Select", inputs: { condition, t: a, e: b }, attrs: {} }),
} as const satisfies { readonly [K in Exclude<BasicKernel, SameName>]: Spelling<K> };

/** TensorFlow.js has none of the fused kernels. */
const spellings: { readonly [K in KernelName]?: Spelling<K> } = basic;

const NONE: Attributes = {};

/** The call of one of our kernels in TensorFlow.js's words. */
export function spelled<K extends KernelName>(
  kernel: K,
  inputs: Infos<K>,
  attrs: AttributesOf<K>,
  outs: readonly TensorSpec[],
): TfjsCall {
  const spelling: Spelling<K> | undefined = spellings[kernel];
  if (spelling === undefined) {
    if (traits[kernel] === "pointwise") return { kernel: capitalized(kernel), inputs, attrs: NONE };
    throw new DeviceError(
      kernel,
      "TensorFlow.js has no such kernel",
      "",
      "Compose it of others, unless device.has(kernel).",
    );
  }
  if (typeof spelling === "string") return { kernel: spelling, inputs, attrs: NONE };
  return spelling(inputs, attrs, outs[0] as TensorSpec);
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
