import { numel, type Shape } from "../../base/shape.ts";
import type { TensorSpec } from "../../device/device.ts";
import { type AttributesOf, type KernelName, type KernelsOf, type Trait, traits } from "../../device/kernels.ts";
import type { TensorInfo } from "./handle.ts";
import type { Infos } from "./runner.ts";

// A tensor of many dimensions is, to most kernels, one of few: neighbours that are treated alike are one dimension, since elements lie
// row-major. tfjs's kernels give wrong numbers or none beyond four, five or six dimensions (4.22: XNNPACK on wasm, shaders on GPUs).

/** As many dimensions as every kernel takes, on every backend. */
const MOST = 4;

/** A call of a kernel. */
export interface KernelCall<K extends KernelName> {
  readonly inputs: Infos<K>;
  readonly attrs: AttributesOf<K>;
  readonly outs: readonly TensorSpec[];
}

type Coalesce<K extends KernelName> = (call: KernelCall<K>) => KernelCall<K>;

/** Whether every kernel takes all of these. */
export function haveFewDims<K extends KernelName>(inputs: Infos<K>, outs: readonly TensorSpec[]): boolean {
  const infos: Readonly<Record<string, TensorInfo | undefined>> = inputs;
  for (const name in infos) if ((infos[name]?.shape.length ?? 0) > MOST) return false;
  return outs.every(({ shape }) => shape.length <= MOST);
}

/** The same call on the same elements, seen as tensors of fewer dimensions: some have more than every kernel takes. */
export function coalesceDims<K extends KernelName>(kernel: K, call: KernelCall<K>): KernelCall<K> {
  // A kernel's trait is that of its row: what the table has there takes its calls.
  const coalesce = coalescers[traits[kernel]] as Coalesce<K> | undefined;
  return coalesce?.(call) ?? call;
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

const pointwise: Coalesce<KernelsOf<"pointwise">> = ({ inputs, attrs, outs }) => {
  const shape = outs[0]?.shape as Shape;
  const operands = Object.entries<TensorInfo>(inputs);
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
  const named = Object.fromEntries(fewer) as typeof inputs;
  return { inputs: named, attrs, outs: specs(outs, merged(shape, groups)) };
};

const pad: Coalesce<"pad"> = ({ inputs: { x }, attrs: { padding, value }, outs }) => {
  const isPadded = (dim: number): boolean => padding[dim]?.some((count) => count > 0) === true;
  const groups = runs(all(x.shape), (a, b) => !isPadded(a) && !isPadded(b));
  const fewer = groups.map(([dim]) => padding[dim as number] as readonly [number, number]);
  const sizes = merged(x.shape, groups);
  const shape = sizes.map((size, i) => size + (fewer[i]?.[0] as number) + (fewer[i]?.[1] as number));
  return { inputs: { x: seen(x, sizes) }, attrs: { padding: fewer, value }, outs: specs(outs, shape) };
};

interface Named {
  readonly sizes: number[];
  readonly isNamed: boolean[];
  readonly dims: number[];
}

/** `shape` in runs of dimensions of which all are among `dims`, or none. */
function byNamed(shape: Shape, dims: readonly number[]): Named {
  const groups = runs(all(shape), (a, b) => dims.includes(a) === dims.includes(b));
  const isNamed = groups.map(([dim]) => dims.includes(dim as number));
  return { sizes: merged(shape, groups), isNamed, dims: isNamed.flatMap((named, i) => (named ? [i] : [])) };
}

const flip: Coalesce<"flip"> = ({ inputs: { x }, attrs, outs }) => {
  const { sizes, dims } = byNamed(x.shape, attrs.dims);
  return { inputs: { x: seen(x, sizes) }, attrs: { dims }, outs: specs(outs, sizes) };
};

const reduction: Coalesce<KernelsOf<"reduces">> = ({ inputs: { x }, attrs: { dims: over, keepdim }, outs }) => {
  const { sizes, isNamed, dims } = byNamed(x.shape, over);
  const shape = keepdim ? sizes.map((size, i) => (isNamed[i] ? 1 : size)) : sizes.filter((_, i) => !isNamed[i]);
  return { inputs: { x: seen(x, sizes) }, attrs: { dims, keepdim }, outs: specs(outs, shape) };
};

const tile: Coalesce<"tile"> = ({ inputs: { x }, attrs: { repeats }, outs }) => {
  const isOne = (dim: number): boolean => repeats[dim] === 1;
  const groups = runs(all(x.shape), (a, b) => (isOne(a) && isOne(b)) || (x.shape[a] === 1 && x.shape[b] === 1));
  const sizes = merged(x.shape, groups);
  const fewer = merged(repeats, groups);
  const shape = sizes.map((size, i) => size * (fewer[i] as number));
  return { inputs: { x: seen(x, sizes) }, attrs: { repeats: fewer }, outs: specs(outs, shape) };
};

const permute: Coalesce<"permute"> = ({ inputs: { x }, attrs, outs }) => {
  const kept = all(x.shape).filter((dim) => x.shape[dim] !== 1);
  const order = attrs.dims.filter((dim) => kept.includes(dim));
  const groups = runs(order, (a, b) => kept.indexOf(b) === kept.indexOf(a) + 1);
  const sorted = [...groups].sort((a, b) => (a[0] as number) - (b[0] as number));
  return {
    inputs: { x: seen(x, merged(x.shape, sorted)) },
    attrs: { dims: groups.map((group) => sorted.indexOf(group)) },
    outs: specs(outs, merged(x.shape, groups)),
  };
};

const slice: Coalesce<"slice"> = ({ inputs: { x }, attrs: { begin, size }, outs }) => {
  // Whole dimensions after a part of one: a longer part of a longer one.
  const groups = runs(all(x.shape), (_, b) => begin[b] === 0 && size[b] === x.shape[b]);
  const starts = groups.map(
    ([dim, ...rest]) => (begin[dim as number] as number) * product(rest.map((d) => x.shape[d] as number)),
  );
  const sizes = merged(size, groups);
  return {
    inputs: { x: seen(x, merged(x.shape, groups)) },
    attrs: { begin: starts, size: sizes },
    outs: specs(outs, sizes),
  };
};

/** The sizes before a dimension, in it, and after it. */
export function around(shape: Shape, dim: number): [number, number, number] {
  return [product(shape.slice(0, dim)), shape[dim] as number, product(shape.slice(dim + 1))];
}

const cat: Coalesce<"cat"> = ({ inputs, attrs: { dim }, outs }) => {
  const rows = (shape: Shape): number[] => {
    const [outer, n, inner] = around(shape, dim);
    return [outer, n * inner];
  };
  const fewer = inputs.map((info) => seen(info, rows(info.shape)));
  return { inputs: fewer, attrs: { dim: 1 }, outs: specs(outs, rows(outs[0]?.shape as Shape)) };
};

const take: Coalesce<"take"> = ({ inputs: { x, index }, attrs, outs }) => {
  const [n, inner] = [x.shape[0] as number, product(x.shape.slice(1))];
  const count = product(index.shape);
  return { inputs: { x: seen(x, [n, inner]), index: seen(index, [count]) }, attrs, outs: specs(outs, [count, inner]) };
};

const locate: Coalesce<KernelsOf<"locates">> = ({ inputs: { x }, attrs: { dim }, outs }) => {
  const [outer, n, inner] = around(x.shape, dim);
  return { inputs: { x: seen(x, [outer, n, inner]) }, attrs: { dim: 1 }, outs: specs(outs, [outer, inner]) };
};

const scan: Coalesce<KernelsOf<"scans">> = ({ inputs: { x }, attrs, outs }) => {
  const sizes = around(x.shape, attrs.dim);
  return { inputs: { x: seen(x, sizes) }, attrs: { ...attrs, dim: 1 }, outs: specs(outs, sizes) };
};

const rows: Coalesce<KernelsOf<"rows">> = ({ inputs: { x }, attrs, outs }) => {
  const count = product(x.shape.slice(0, -1));
  const shape = [count, outs[0]?.shape.at(-1) as number];
  return { inputs: { x: seen(x, [count, x.shape.at(-1) as number]) }, attrs, outs: specs(outs, shape) };
};

const oneHot: Coalesce<"oneHot"> = ({ inputs: { index }, attrs, outs }) => {
  const count = product(index.shape);
  return { inputs: { index: seen(index, [count]) }, attrs, outs: specs(outs, [count, attrs.depth]) };
};

const scatterRows: Coalesce<"scatterRows"> = ({ inputs: { updates, index }, attrs, outs }) => {
  const shape = outs[0]?.shape as Shape;
  const inner = product(shape.slice(1));
  const count = product(index.shape);
  return {
    inputs: { updates: seen(updates, [count, inner]), index },
    attrs,
    outs: specs(outs, [shape[0] as number, inner]),
  };
};

/** How calls are coalesced, by trait. Products and images have as many dimensions as their kernels take, and fused kernels take any number. */
const coalescers: { readonly [T in Trait]: Coalesce<KernelsOf<T>> | undefined } = {
  expands: oneHot,
  flips: flip,
  fused: undefined,
  gathers: take,
  images: undefined,
  joins: cat,
  locates: locate,
  multiplies: undefined,
  pads: pad,
  permutes: permute,
  pointwise,
  reduces: reduction,
  repeats: tile,
  rows,
  scans: scan,
  scatters: scatterRows,
  slices: slice,
};
