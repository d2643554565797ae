import { numel, type Shape } from "../../base/shape.ts";
import type { Attributes, TensorSpec } from "../../device/device.ts";
import type { TensorInfo } from "./handle.ts";
import { POINTWISE } from "./pointwise.ts";
import type { TfjsInputs } from "./runner.ts";

// A tensor of many dimensions is, to most kernels, one of few: neighbours that are treated alike are one dimension, since elements lie
// row-major. tfjs's kernels give wrong numbers or none beyond four, five or six dimensions (4.22: XNNPACK on wasm, shaders on GPUs).

/** So many dimensions every kernel takes, on every backend. */
const MOST = 4;

/** A call of a kernel. */
export interface KernelCall {
  readonly inputs: TfjsInputs;
  readonly attrs: Attributes;
  readonly outs: readonly TensorSpec[];
}

type Named = Readonly<Record<string, TensorInfo>>;
type Simplify = (inputs: TfjsInputs, attrs: Attributes, outs: readonly TensorSpec[]) => KernelCall;

/** The same call on the same elements, seen as tensors of fewer dimensions where some have more than four. */
export function coalesceDims(
  kernel: string,
  inputs: TfjsInputs,
  attrs: Attributes,
  outs: readonly TensorSpec[],
): KernelCall {
  const given = { inputs, attrs, outs };
  if (isSmall(inputs, outs)) return given;
  if (POINTWISE.has(kernel)) return pointwise(inputs, attrs, outs);
  return SIMPLIFIED.get(kernel)?.(inputs, attrs, outs) ?? given;
}

function isSmall(inputs: TfjsInputs, outs: readonly TensorSpec[]): boolean {
  for (const name in inputs) if (((inputs as Named)[name]?.shape.length as number) > MOST) return false;
  return outs.every(({ shape }) => shape.length <= MOST);
}

const product = (sizes: Shape): number => numel(sizes);
export const seen = (info: TensorInfo, shape: readonly number[]): TensorInfo => ({ ...info, shape: [...shape] });
const specs = (outs: readonly TensorSpec[], shape: Shape): TensorSpec[] => outs.map((out) => ({ ...out, shape }));

/** Numbers in runs: a new one begins where neighbours do not join. */
function runs(dims: readonly number[], joins: (a: number, b: number) => boolean): number[][] {
  const out: number[][] = [];
  for (const dim of dims) {
    const last = out.at(-1);
    if (last !== undefined && joins(last.at(-1) as number, dim)) last.push(dim);
    else out.push([dim]);
  }
  return out;
}

const all = (shape: Shape): number[] => shape.map((_, dim) => dim);
const merged = (shape: Shape, groups: readonly (readonly number[])[]): number[] =>
  groups.map((group) => product(group.map((dim) => shape[dim] as number)));

const pointwise: Simplify = (inputs, attrs, outs) => {
  const shape = outs[0]?.shape as Shape;
  const operands = Object.entries(inputs as Named);
  const sizeAt = (info: TensorInfo, dim: number): number => info.shape[dim - (shape.length - info.shape.length)] ?? 1;
  const kindOf = (dim: number): string => operands.map(([, info]) => sizeAt(info, dim) > 1).join();
  const groups = runs(
    all(shape).filter((dim) => shape[dim] !== 1),
    (a, b) => kindOf(a) === kindOf(b),
  );
  const fewer = operands.map(([name, info]) => {
    const sizes = groups.map((group) => product(group.map((dim) => sizeAt(info, dim))));
    return [name, seen(info, sizes)] as const;
  });
  return { inputs: Object.fromEntries(fewer), attrs, outs: specs(outs, merged(shape, groups)) };
};

const padV2: Simplify = (inputs, attrs, outs) => {
  const { x } = inputs as { x: TensorInfo };
  const paddings = attrs.paddings as readonly (readonly [number, number])[];
  const isPadded = (dim: number): boolean => paddings[dim]?.some((count) => count > 0) === true;
  const groups = runs(all(x.shape), (a, b) => !isPadded(a) && !isPadded(b));
  const fewer = groups.map(([dim]) => paddings[dim as number] as readonly [number, number]);
  const sizes = merged(x.shape, groups);
  const shape = sizes.map((size, i) => size + (fewer[i]?.[0] as number) + (fewer[i]?.[1] as number));
  return { inputs: { x: seen(x, sizes) }, attrs: { ...attrs, paddings: fewer }, outs: specs(outs, shape) };
};

/** Kernels with an attribute that names some of the dimensions: those of a run are all named or none is. */
function byNamed(key: string, shapeOf: (sizes: number[], named: boolean[], attrs: Attributes) => number[]): Simplify {
  return (inputs, attrs, outs) => {
    const { x } = inputs as { x: TensorInfo };
    const dims = attrs[key] as readonly number[];
    const groups = runs(all(x.shape), (a, b) => dims.includes(a) === dims.includes(b));
    const named = groups.map(([dim]) => dims.includes(dim as number));
    const sizes = merged(x.shape, groups);
    const fewer = named.flatMap((isNamed, i) => (isNamed ? [i] : []));
    return {
      inputs: { x: seen(x, sizes) },
      attrs: { ...attrs, [key]: fewer },
      outs: specs(outs, shapeOf(sizes, named, attrs)),
    };
  };
}

const reverse = byNamed("dims", (sizes) => sizes);
const reduced = (sizes: number[], named: boolean[], { keepDims }: Attributes): number[] =>
  keepDims === true ? sizes.map((size, i) => (named[i] ? 1 : size)) : sizes.filter((_, i) => !named[i]);

const tile: Simplify = (inputs, attrs, outs) => {
  const { x } = inputs as { x: TensorInfo };
  const reps = attrs.reps as readonly number[];
  const isOne = (dim: number): boolean => reps[dim] === 1;
  const groups = runs(all(x.shape), (a, b) => (isOne(a) && isOne(b)) || (x.shape[a] === 1 && x.shape[b] === 1));
  const sizes = merged(x.shape, groups);
  const fewer = merged(reps, groups);
  const shape = sizes.map((size, i) => size * (fewer[i] as number));
  return { inputs: { x: seen(x, sizes) }, attrs: { ...attrs, reps: fewer }, outs: specs(outs, shape) };
};

const transpose: Simplify = (inputs, attrs, outs) => {
  const { x } = inputs as { x: TensorInfo };
  const kept = all(x.shape).filter((dim) => x.shape[dim] !== 1);
  const perm = (attrs.perm as readonly number[]).filter((dim) => kept.includes(dim));
  const groups = runs(perm, (a, b) => kept.indexOf(b) === kept.indexOf(a) + 1);
  const sorted = [...groups].sort((a, b) => (a[0] as number) - (b[0] as number));
  return {
    inputs: { x: seen(x, merged(x.shape, sorted)) },
    attrs: { ...attrs, perm: groups.map((group) => sorted.indexOf(group)) },
    outs: specs(outs, merged(x.shape, groups)),
  };
};

const slice: Simplify = (inputs, attrs, outs) => {
  const { x } = inputs as { x: TensorInfo };
  const [begin, size] = [attrs.begin as readonly number[], attrs.size as readonly number[]];
  // Whole dimensions after a part of one: a longer part of a longer one.
  const groups = runs(all(x.shape), (_, b) => begin[b] === 0 && size[b] === x.shape[b]);
  const starts = groups.map(
    ([dim, ...rest]) => (begin[dim as number] as number) * product(rest.map((d) => x.shape[d] as number)),
  );
  const sizes = merged(size, groups);
  return {
    inputs: { x: seen(x, merged(x.shape, groups)) },
    attrs: { ...attrs, begin: starts, size: sizes },
    outs: specs(outs, sizes),
  };
};

/** What stands before a dimension, in it, and after it. */
export function around(shape: Shape, dim: number): [number, number, number] {
  return [product(shape.slice(0, dim)), shape[dim] as number, product(shape.slice(dim + 1))];
}

const concat: Simplify = (inputs, attrs, outs) => {
  const rows = (shape: Shape): number[] => {
    const [outer, n, inner] = around(shape, attrs.axis as number);
    return [outer, n * inner];
  };
  const fewer = (inputs as readonly TensorInfo[]).map((info) => seen(info, rows(info.shape)));
  return { inputs: fewer, attrs: { ...attrs, axis: 1 }, outs: specs(outs, rows(outs[0]?.shape as Shape)) };
};

const gatherV2: Simplify = (inputs, attrs, outs) => {
  const { x, indices } = inputs as { x: TensorInfo; indices: TensorInfo };
  if (Number(attrs.batchDims ?? 0) !== 0) return { inputs, attrs, outs };
  const [outer, n, inner] = around(x.shape, attrs.axis as number);
  const count = product(indices.shape);
  return {
    inputs: { x: seen(x, [outer, n, inner]), indices: seen(indices, [count]) },
    attrs: { ...attrs, axis: 1 },
    outs: specs(outs, [outer, count, inner]),
  };
};

/** Kernels along one dimension, `axis`. */
function along(shapeOf: (sizes: [number, number, number]) => number[]): Simplify {
  return (inputs, attrs, outs) => {
    const { x } = inputs as { x: TensorInfo };
    const sizes = around(x.shape, attrs.axis as number);
    return { inputs: { x: seen(x, sizes) }, attrs: { ...attrs, axis: 1 }, outs: specs(outs, shapeOf(sizes)) };
  };
}

/** Kernels along the last dimension. */
function ofRows(name: string): Simplify {
  return (inputs, attrs, outs) => {
    const info = (inputs as Named)[name] as TensorInfo;
    const rows = product(info.shape.slice(0, -1));
    const shape = [rows, outs[0]?.shape.at(-1) as number];
    const fewer = attrs.dim === undefined ? attrs : { ...attrs, dim: 1 };
    return {
      inputs: { [name]: seen(info, [rows, info.shape.at(-1) as number]) },
      attrs: fewer,
      outs: specs(outs, shape),
    };
  };
}

const oneHot: Simplify = (inputs, attrs, outs) => {
  const { indices } = inputs as { indices: TensorInfo };
  const count = product(indices.shape);
  return { inputs: { indices: seen(indices, [count]) }, attrs, outs: specs(outs, [count, attrs.depth as number]) };
};

const scatterNd: Simplify = (inputs, attrs, outs) => {
  const { indices, updates } = inputs as { indices: TensorInfo; updates: TensorInfo };
  const whole = attrs.shape as Shape;
  const depth = indices.shape.at(-1) as number;
  const count = product(indices.shape) / depth;
  const inner = product(whole.slice(depth));
  const shape = [...whole.slice(0, depth), inner];
  return {
    inputs: { indices: seen(indices, [count, depth]), updates: seen(updates, [count, inner]) },
    attrs: { ...attrs, shape },
    outs: specs(outs, shape),
  };
};

const SIMPLIFIED: ReadonlyMap<string, Simplify> = new Map([
  ["All", byNamed("axis", reduced)],
  ["Any", byNamed("axis", reduced)],
  ["ArgMax", along(([outer, , inner]) => [outer, inner])],
  ["ArgMin", along(([outer, , inner]) => [outer, inner])],
  ["Concat", concat],
  ["Cumsum", along((sizes) => sizes)],
  ["GatherV2", gatherV2],
  ["Max", byNamed("reductionIndices", reduced)],
  ["Min", byNamed("axis", reduced)],
  ["OneHot", oneHot],
  ["PadV2", padV2],
  ["Prod", byNamed("axis", reduced)],
  ["Reverse", reverse],
  ["ScatterNd", scatterNd],
  ["Slice", slice],
  ["Softmax", ofRows("logits")],
  ["Sum", byNamed("axis", reduced)],
  ["Tile", tile],
  ["TopK", ofRows("x")],
  ["Transpose", transpose],
]);
