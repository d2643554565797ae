import { numel } from "../../base/shape.ts";
import type { TensorSpec } from "../../device/device.ts";
import { type AttributesOf, type KernelName, type KernelsOf, type Trait, traits } from "../../device/kernels.ts";
import { around, type KernelCall, seen } from "./coalesce-dims.ts";
import type { TensorInfo } from "./handle.ts";
import type { Infos, TfjsRunner } from "./runner.ts";

// Calls that still have more dimensions than backends take, as several calls: one dimension after the other, with all before it as one and
// all after it as another.

/** As many dimensions as every backend takes: of kernels with shaders of their own for each number of dimensions, and of the others. */
const [FEW, MOST] = [4, 6];

/** As many dimensions as every backend broadcasts over: TensorFlow's own kernels refuse six that broadcast in turns (2.21, cwise_ops_common.h). */
const BROADCAST = 5;

/** Kernels of one operand that are called for one dimension after the other. */
type Splittable = KernelsOf<"reduces" | "pads" | "flips" | "slices" | "repeats">;

/** How a kernel is called for one dimension after the other. */
interface Turns<K extends Splittable> {
  /** More dimensions are taken in turns. */
  readonly most: number;
  /** Those that have a turn. */
  dims(attrs: AttributesOf<K>): readonly number[];
  /** The attributes over `[before, size, after]`, and what becomes of the size; whether its dimension stays. */
  turn(attrs: AttributesOf<K>, dim: number, size: number): Turn<K>;
}

interface Turn<K extends Splittable> {
  readonly attrs: AttributesOf<K>;
  readonly size: number;
  /** Whether the dimension is gone. Default: false. */
  readonly isGone?: boolean;
}

const REDUCTION: Turns<KernelsOf<"reduces">> = {
  most: MOST,
  dims: ({ dims }) => dims,
  turn: () => ({ attrs: { dims: [1], keepdim: false }, size: 1, isGone: true }),
};

const PAD: Turns<"pad"> = {
  most: FEW,
  dims: ({ padding }) => padding.flatMap(([before, after], dim) => (before + after > 0 ? [dim] : [])),
  turn({ padding, value }, dim, size) {
    const own = padding[dim] as readonly [number, number];
    const none = [0, 0] as const;
    return { attrs: { padding: [none, own, none], value }, size: size + own[0] + own[1] };
  },
};

const FLIP: Turns<"flip"> = {
  most: FEW,
  dims: ({ dims }) => dims,
  turn: (_attrs, _dim, size) => ({ attrs: { dims: [1] }, size }),
};

const SLICE: Turns<"slice"> = {
  most: FEW,
  dims: ({ begin }) => begin.map((_, dim) => dim),
  turn({ begin, size }, dim) {
    const count = size[dim] as number;
    // -1 is all there is.
    return { attrs: { begin: [0, begin[dim] as number, 0], size: [-1, count, -1] }, size: count };
  },
};

const TILE: Turns<"tile"> = {
  most: FEW,
  dims: ({ repeats }) => repeats.flatMap((count, dim) => (count === 1 ? [] : [dim])),
  turn({ repeats }, dim, size) {
    const count = repeats[dim] as number;
    return { attrs: { repeats: [1, count, 1] }, size: size * count };
  },
};

const TURNS: { readonly [T in Trait]?: Turns<Extract<KernelsOf<T>, Splittable>> } = {
  flips: FLIP,
  pads: PAD,
  reduces: REDUCTION,
  repeats: TILE,
  slices: SLICE,
};

/** The results of a call of too many dimensions; null for one that backends take. */
export function splitDims<K extends KernelName>(
  device: TfjsRunner,
  kernel: K,
  call: KernelCall<K>,
): TensorInfo[] | null {
  const rank = call.outs[0]?.shape.length ?? 0;
  const { x } = call.inputs as { readonly x?: TensorInfo };
  if (traits[kernel] === "pointwise") return rank > BROADCAST ? spreadOut(device, kernel, call) : null;
  if (x === undefined) return null;
  if (kernel === "permute") {
    const { dims } = call.attrs as AttributesOf<"permute">;
    return x.shape.length > MOST ? [permuted(device, x, dims)] : null;
  }
  // A kernel's trait is that of its row: what the table has there takes its calls.
  const how = TURNS[traits[kernel]] as Turns<K & Splittable> | undefined;
  if (how === undefined || x.shape.length <= how.most) return null;
  return [oneByOne(device, kernel as K & Splittable, x, call as KernelCall<K & Splittable>, how)];
}

/** Gives back `from`, which a step has made, unless it is `x`. */
function releaseStep(device: TfjsRunner, x: TensorInfo, from: TensorInfo): void {
  if (from.dataId !== x.dataId) device.release(from);
}

/** The last dimension first, so that those before it stay where they are. */
function oneByOne<K extends Splittable>(
  device: TfjsRunner,
  kernel: K,
  x: TensorInfo,
  { attrs, outs }: KernelCall<K>,
  { dims, turn }: Turns<K>,
): TensorInfo {
  const { dtype } = outs[0] as TensorSpec;
  const shape = [...x.shape];
  let out = x;
  for (const dim of [...dims(attrs)].sort((a, b) => b - a)) {
    const [before, size, after] = around(shape, dim);
    const one = turn(attrs, dim, size);
    const spec = { shape: one.isGone === true ? [before, after] : [before, one.size, after], dtype };
    const [next] = device.runKernel(kernel, { x: seen(out, [before, size, after]) } as Infos<K>, one.attrs, [spec]);
    releaseStep(device, x, out);
    out = next as TensorInfo;
    shape[dim] = one.size;
  }
  return out;
}

/** Each dimension goes to its place, past those that stand before it. */
function permuted(device: TfjsRunner, x: TensorInfo, dims: readonly number[]): TensorInfo {
  const dtype = x.dtype as TensorSpec["dtype"];
  const order = x.shape.map((_, dim) => dim);
  const size = (some: readonly number[]): number => numel(some.map((dim) => x.shape[dim] as number));
  let out = x;
  for (const [place, dim] of dims.entries()) {
    const at = order.indexOf(dim);
    if (at === place) continue;
    const parts = [order.slice(0, place), order.slice(place, at), [dim], order.slice(at + 1)].map(size);
    const [done, passed, moved, rest] = parts as [number, number, number, number];
    const spec = { shape: [done, moved, passed, rest], dtype };
    const [next] = device.runKernel("permute", { x: seen(out, parts) }, { dims: [0, 2, 1, 3] }, [spec]);
    releaseStep(device, x, out);
    out = next as TensorInfo;
    order.splice(at, 1);
    order.splice(place, 0, dim);
  }
  return out;
}

/** Operands that broadcast in one dimension and not in the next are copied out, so that all are rows of the same elements. */
function spreadOut<K extends KernelName>(
  device: TfjsRunner,
  kernel: K,
  { inputs, attrs, outs }: KernelCall<K>,
): TensorInfo[] {
  const [{ shape }] = outs as [TensorSpec];
  const made: TensorInfo[] = [];
  const flat = Object.entries(inputs as Readonly<Record<string, TensorInfo>>).map(([name, info]) => {
    const repeats = shape.map((size, dim) => size / (info.shape[dim] as number));
    if (repeats.every((count) => count === 1)) return [name, seen(info, [numel(shape)])];
    const spec = { shape, dtype: info.dtype as TensorSpec["dtype"] };
    const [whole] = splitDims(device, "tile", { inputs: { x: info }, attrs: { repeats }, outs: [spec] }) as [
      TensorInfo,
    ];
    made.push(whole);
    return [name, seen(whole, [numel(shape)])];
  });
  const row = outs.map((out) => ({ ...out, shape: [numel(shape)] }));
  const results = device.runKernel(kernel, Object.fromEntries(flat) as Infos<K>, attrs, row);
  for (const info of made) device.release(info);
  return results;
}
