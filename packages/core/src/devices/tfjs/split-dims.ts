import { numel } from "../../base/shape.ts";
import type { Attributes, TensorSpec } from "../../device/device.ts";
import { around, type KernelCall, seen } from "./coalesce-dims.ts";
import type { TensorInfo } from "./handle.ts";
import { POINTWISE } from "./pointwise.ts";
import type { TfjsRunner } from "./runner.ts";

// Calls that still have more dimensions than backends take, as several calls: one dimension after the other, with all that stand
// before it as one and all that stand after it as another.

/** So many dimensions every backend takes: of kernels with shaders of their own for each number of dimensions, and of the others. */
const [FEW, MOST] = [4, 6];

/** How a kernel is called for one dimension after the other. */
interface Turns {
  /** More dimensions are taken in turns. */
  readonly most: number;
  /** Those that have a turn. */
  dims(attrs: Attributes): readonly number[];
  /** The attributes over `[before, size, after]`, and what becomes of the size. */
  turn(attrs: Attributes, dim: number, size: number): { readonly attrs: Attributes; readonly size: number };
}

function reduction(key: "axis" | "reductionIndices"): Turns {
  return {
    most: MOST,
    dims: (attrs) => attrs[key] as readonly number[],
    turn: (attrs) => ({ attrs: { ...attrs, keepDims: false, [key]: [1] }, size: 1 }),
  };
}

const PAD: Turns = {
  most: FEW,
  dims: ({ paddings }) => paired(paddings).flatMap(([before, after], dim) => (before + after > 0 ? [dim] : [])),
  turn(attrs, dim, size) {
    const [before, after] = paired(attrs.paddings)[dim] as readonly [number, number];
    const none = [0, 0];
    return { attrs: { ...attrs, paddings: [none, [before, after], none] }, size: size + before + after };
  },
};

const REVERSE: Turns = {
  most: FEW,
  dims: ({ dims }) => dims as readonly number[],
  turn: (attrs, _dim, size) => ({ attrs: { ...attrs, dims: [1] }, size }),
};

const SLICE: Turns = {
  most: FEW,
  dims: ({ begin }) => (begin as readonly number[]).map((_, dim) => dim),
  turn({ begin, size }, dim) {
    const [first, count] = [begin, size].map((each) => (each as readonly number[])[dim] as number) as [number, number];
    // -1 is all there is.
    return { attrs: { begin: [0, first, 0], size: [-1, count, -1] }, size: count };
  },
};

const TILE: Turns = {
  most: FEW,
  dims: ({ reps }) => (reps as readonly number[]).flatMap((count, dim) => (count === 1 ? [] : [dim])),
  turn({ reps }, dim, size) {
    const count = (reps as readonly number[])[dim] as number;
    return { attrs: { reps: [1, count, 1] }, size: size * count };
  },
};

const TURNS: ReadonlyMap<string, Turns> = new Map([
  ["All", reduction("axis")],
  ["Any", reduction("axis")],
  ["Max", reduction("reductionIndices")],
  ["Min", reduction("axis")],
  ["PadV2", PAD],
  ["Prod", reduction("axis")],
  ["Reverse", REVERSE],
  ["Slice", SLICE],
  ["Sum", reduction("axis")],
  ["Tile", TILE],
]);

function paired(paddings: unknown): readonly (readonly [number, number])[] {
  return paddings as readonly (readonly [number, number])[];
}

/** The results of a call of too many dimensions; null for one that backends take. */
export function splitDims(device: TfjsRunner, kernel: string, call: KernelCall): TensorInfo[] | null {
  const rank = call.outs[0]?.shape.length ?? 0;
  if (POINTWISE.has(kernel)) return rank > MOST ? spreadOut(device, kernel, call) : null;
  const { x } = call.inputs as { x?: TensorInfo };
  if (x === undefined) return null;
  if (kernel === "Transpose")
    return x.shape.length > MOST ? [transposed(device, x, call.attrs.perm as number[])] : null;
  const how = TURNS.get(kernel);
  if (how === undefined || x.shape.length <= how.most) return null;
  return [oneByOne(device, kernel, x, call, how)];
}

/** Runs a kernel on what the one before has made, which is given back unless it is `x`. */
function then(
  device: TfjsRunner,
  kernel: string,
  x: TensorInfo,
  from: TensorInfo,
  { attrs, outs }: Omit<KernelCall, "inputs">,
): TensorInfo {
  const [out] = device.runTfjs(kernel, { x: from }, attrs, outs) as [TensorInfo];
  if (from.dataId !== x.dataId) device.release(from);
  return out;
}

/** The last dimension first, so that those before it stay where they are. */
function oneByOne(
  device: TfjsRunner,
  kernel: string,
  x: TensorInfo,
  { attrs, outs }: KernelCall,
  { dims, turn }: Turns,
): TensorInfo {
  const { dtype } = outs[0] as TensorSpec;
  const shape = [...x.shape];
  let out = x;
  for (const dim of [...dims(attrs)].sort((a, b) => b - a)) {
    const [before, size, after] = around(shape, dim);
    const one = turn(attrs, dim, size);
    const keeps = one.attrs.keepDims !== false;
    const outs1 = [{ shape: keeps ? [before, one.size, after] : [before, after], dtype }];
    out = then(device, kernel, x, seen(out, [before, size, after]), { attrs: one.attrs, outs: outs1 });
    shape[dim] = one.size;
  }
  return out;
}

/** Each dimension goes to its place, past those that stand before it. */
function transposed(device: TfjsRunner, x: TensorInfo, perm: readonly number[]): TensorInfo {
  const dtype = x.dtype as TensorSpec["dtype"];
  const order = x.shape.map((_, dim) => dim);
  const size = (dims: readonly number[]): number => numel(dims.map((dim) => x.shape[dim] as number));
  let out = x;
  for (const [place, dim] of perm.entries()) {
    const at = order.indexOf(dim);
    if (at === place) continue;
    const parts = [order.slice(0, place), order.slice(place, at), [dim], order.slice(at + 1)].map(size);
    const [done, passed, moved, rest] = parts as [number, number, number, number];
    const outs = [{ shape: [done, moved, passed, rest], dtype }];
    out = then(device, "Transpose", x, seen(out, parts), { attrs: { perm: [0, 2, 1, 3] }, outs });
    order.splice(at, 1);
    order.splice(place, 0, dim);
  }
  return out;
}

/** Operands that broadcast in one dimension and not in the next are copied out, so that all are rows of the same elements. */
function spreadOut(device: TfjsRunner, kernel: string, { inputs, attrs, outs }: KernelCall): TensorInfo[] {
  const [{ shape }] = outs as [TensorSpec];
  const made: TensorInfo[] = [];
  const flat = Object.entries(inputs as Record<string, TensorInfo>).map(([name, info]) => {
    const reps = shape.map((size, dim) => size / (info.shape[dim] as number));
    if (reps.every((count) => count === 1)) return [name, seen(info, [numel(shape)])];
    const spec = { shape, dtype: info.dtype as TensorSpec["dtype"] };
    const [whole] = splitDims(device, "Tile", { inputs: { x: info }, attrs: { reps }, outs: [spec] }) as [TensorInfo];
    made.push(whole);
    return [name, seen(whole, [numel(shape)])];
  });
  const row = outs.map((out) => ({ ...out, shape: [numel(shape)] }));
  const results = device.runTfjs(kernel, Object.fromEntries(flat), attrs, row);
  for (const info of made) device.release(info);
  return results;
}
