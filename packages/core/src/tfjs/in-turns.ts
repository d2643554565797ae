import type { TensorSpec } from "../device.ts";
import { numel } from "../shape.ts";
import { around, type KernelCall, seen } from "./fewer-dimensions.ts";
import type { TensorInfo } from "./handle.ts";
import type { TfjsRunner } from "./runner.ts";

/** So many dimensions kernels that look at each of them take, on every backend. */
const MOST = 6;

/** Kernels that can reduce one dimension after the other, and what they call these. */
const REDUCTIONS: Readonly<Record<string, string>> = {
  All: "axis",
  Any: "axis",
  Max: "reductionIndices",
  Min: "axis",
  Prod: "axis",
  Sum: "axis",
};

/** A call that still has more dimensions than backends take, as several calls; null where it is none of these. */
export function inTurns(device: TfjsRunner, kernel: string, call: KernelCall): TensorInfo[] | null {
  const { x } = call.inputs as { x?: TensorInfo };
  if (x === undefined || x.shape.length <= MOST) return null;
  if (kernel === "Transpose") return [transposed(device, x, call.attrs.perm as readonly number[])];
  const key = REDUCTIONS[kernel];
  return key === undefined ? null : [reduced(device, kernel, key, x, call)];
}

/** Runs a kernel on what the one before has made, which is given back unless it is `x`. */
function then(
  device: TfjsRunner,
  kernel: string,
  x: TensorInfo,
  from: TensorInfo,
  call: Omit<KernelCall, "inputs">,
): TensorInfo {
  const [out] = device.runTfjs(kernel, { x: from }, call.attrs, call.outs) as [TensorInfo];
  if (from.dataId !== x.dataId) device.release(from);
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

/** One dimension after the other, the last first. */
function reduced(
  device: TfjsRunner,
  kernel: string,
  key: string,
  x: TensorInfo,
  { attrs, outs }: KernelCall,
): TensorInfo {
  const { dtype } = outs[0] as TensorSpec;
  const shape = [...x.shape];
  let out = x;
  for (const dim of [...(attrs[key] as readonly number[])].sort((a, b) => b - a)) {
    const sizes = around(shape, dim);
    const call = { attrs: { ...attrs, keepDims: false, [key]: [1] }, outs: [{ shape: [sizes[0], sizes[2]], dtype }] };
    out = then(device, kernel, x, seen(out, sizes), call);
    shape.splice(dim, 1);
  }
  return out;
}
