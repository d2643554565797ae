import type { TypedArray } from "../../../base/dtype.ts";
import { numel, type Shape, stridesOf } from "../../../base/shape.ts";
import { arrayLike } from "../../../storage/host-elements.ts";
import { type ArrayKernel, type Elements, room } from "./elements.ts";

/** Fills `out`, row by row of `shape`, with the elements of `data` that lie `steps` apart along each dimension, from `offset` on. */
function walk(data: TypedArray, shape: Shape, steps: readonly number[], offset: number, out: TypedArray): TypedArray {
  const last = shape.length - 1;
  if (last < 0) {
    out[0] = data[offset] as number;
    return out;
  }
  const [width, step] = [shape[last] as number, steps[last] as number];
  const position = new Array<number>(last).fill(0);
  for (let at = 0, from = offset; at < out.length; at += width) {
    if (step === 1) out.set(data.subarray(from, from + width), at);
    else for (let i = 0; i < width; i++) out[at + i] = data[from + i * step] as number;
    for (let d = last - 1; d >= 0; d--) {
      position[d] = (position[d] as number) + 1;
      from += steps[d] as number;
      if ((position[d] as number) < (shape[d] as number)) break;
      from -= (steps[d] as number) * (position[d] as number);
      position[d] = 0;
    }
  }
  return out;
}

/** Dimension `i` of the result is dimension `dims[i]` of `shape`. */
export function permuted(data: TypedArray, shape: Shape, dims: readonly number[]): TypedArray {
  const strides = stridesOf(shape);
  const out = arrayLike(data, data.length);
  return walk(
    data,
    dims.map((dim) => shape[dim] as number),
    dims.map((dim) => strides[dim] as number),
    0,
    out,
  );
}

const permute: ArrayKernel<"permute"> = ({ x }, { dims }) => [permuted(x.data, x.shape, dims)];

const flip: ArrayKernel<"flip"> = ({ x: { data, shape } }, { dims }, [out]) => {
  const strides = stridesOf(shape);
  const turned = (i: number): boolean => dims.includes(i);
  const offset = shape.reduce((sum, size, i) => sum + (turned(i) ? (size - 1) * (strides[i] as number) : 0), 0);
  const steps = strides.map((stride, i) => (turned(i) ? -stride : stride));
  return [walk(data, shape, steps, offset, room(out))];
};

const slice: ArrayKernel<"slice"> = ({ x: { data, shape } }, { begin, size }, [out]) => {
  const strides = stridesOf(shape);
  const offset = begin.reduce((sum, first, i) => sum + first * (strides[i] as number), 0);
  return [walk(data, size, strides, offset, room(out))];
};

const pad: ArrayKernel<"pad"> = ({ x: { data, shape } }, { padding, value }, [out]) => {
  const result = room(out).fill(value);
  const strides = stridesOf(out?.shape ?? []);
  const start = padding.reduce((sum, [before], i) => sum + before * (strides[i] as number), 0);
  const width = shape.at(-1) ?? 1;
  const rows = shape.slice(0, -1);
  const inner = stridesOf(rows);
  for (let row = 0; row < numel(rows); row++) {
    let at = start;
    for (const [i, size] of rows.entries())
      at += (Math.floor(row / (inner[i] as number)) % size) * (strides[i] as number);
    result.set(data.subarray(row * width, (row + 1) * width), at);
  }
  return [result];
};

const tile: ArrayKernel<"tile"> = ({ x: { data, shape } }, _attrs, [out]) => {
  const result = room(out);
  const whole = out?.shape ?? [];
  // A dimension `n` times as long is two, the first of which stands still.
  const strides = stridesOf(shape);
  const sizes = whole.flatMap((size, i) => [size / (shape[i] as number), shape[i] as number]);
  const steps = strides.flatMap((stride) => [0, stride]);
  return [walk(data, sizes, steps, 0, result)];
};

const cat: ArrayKernel<"cat"> = (parts, { dim }, [out]) => {
  const result = room(out);
  const shape = out?.shape ?? [];
  const inner = numel(shape.slice(dim + 1));
  const outer = numel(shape.slice(0, dim));
  const width = (shape[dim] as number) * inner;
  let at = 0;
  for (const part of parts as readonly Elements[]) {
    const own = (part.shape[dim] as number) * inner;
    for (let i = 0; i < outer; i++) result.set(part.data.subarray(i * own, (i + 1) * own), i * width + at);
    at += own;
  }
  return [result];
};

const oneHot: ArrayKernel<"oneHot"> = ({ index: { data } }, { depth }, [out]) => {
  const result = room(out);
  for (let i = 0; i < data.length; i++) result[i * depth + (data[i] as number)] = 1;
  return [result];
};

const take: ArrayKernel<"take"> = ({ x, index }, _attrs, [out]) => {
  const result = room(out);
  const width = numel(x.shape.slice(1));
  for (let i = 0; i < index.data.length; i++) {
    const from = (index.data[i] as number) * width;
    result.set(x.data.subarray(from, from + width), i * width);
  }
  return [result];
};

const scatterRows: ArrayKernel<"scatterRows"> = ({ updates, index }, _attrs, [out]) => {
  const result = room(out);
  const width = numel((out?.shape ?? []).slice(1));
  for (let i = 0; i < index.data.length; i++) {
    const at = (index.data[i] as number) * width;
    for (let j = 0; j < width; j++)
      result[at + j] = (result[at + j] as number) + (updates.data[i * width + j] as number);
  }
  return [result];
};

export const movement = { cat, flip, oneHot, pad, permute, scatterRows, slice, take, tile };
