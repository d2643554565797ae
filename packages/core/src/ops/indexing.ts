import type { TypedArray } from "../dtype.ts";
import { DTypeError, IndexOutOfRangeError, ShapeError } from "../errors.ts";
import { defineOp, kernel, type Op } from "../op.ts";
import { formatShape, normalizeDim, numel, type Shape, sameShape, stridesOf } from "../shape.ts";
import { made } from "../temporaries.ts";
import { hostTensor, isTensor, type Tensor } from "../tensor.ts";
import type { Index } from "../tensor-methods.ts";
import { add, mul } from "./arithmetic.ts";
import { expand, reshape } from "./broadcast.ts";
import { constant } from "./constant.ts";
import { cast } from "./conversion.ts";
import { flatten, narrow, permute, select, unsqueeze } from "./movement.ts";

// `take` and `scatterRows` are each other's derivative; gather, indexSelect and advanced indexing are made of them.

const takeOp: Op<undefined> = defineOp("take", {
  forward([x, index]) {
    const [rows, at] = [x as Tensor, index as Tensor];
    const shape = [...at.shape, ...rows.shape.slice(1)];
    return kernel("GatherV2", { x: rows, indices: at }, { axis: 0, batchDims: 0 }, shape, rows.dtype);
  },
  backward: (grad, saved) => {
    const shape = saved.shapes[0] as Shape;
    const index = saved.input(1);
    const flat = reshape(grad, [index.numel(), ...shape.slice(1)]);
    return [scatterOp([flat, reshape(index, [-1])], shape), null];
  },
});

const scatterOp: Op<Shape> = defineOp<Shape>("scatterRows", {
  forward([updates, index], shape) {
    const [values, at] = [updates as Tensor, index as Tensor];
    if (values.numel() === 0) return expand(constant(values.device, 0, values.dtype), shape);
    const inputs = { indices: reshape(at, [at.numel(), 1]), updates: values };
    return kernel("ScatterNd", inputs, { shape }, shape, values.dtype);
  },
  backward: (grad, saved) => [takeOp([grad, saved.input(1)], undefined), null],
});

/** The rows of `x` that `index` names; gradients of rows named twice add up. */
function take(x: Tensor, index: Tensor): Tensor {
  return takeOp([x, index], undefined);
}

/** Index tensors hold whole numbers; those known on the host are checked against the range here. */
function checkIndex(op: string, index: Tensor, size: number, dim: number): Tensor {
  if (index.dtype !== "int32" && index.dtype !== "uint8") {
    throw new DTypeError(
      op,
      `${op}(): Expected dtype int32/int64 for index`,
      `got ${index.dtype}`,
      'Convert it: index.to("int32").',
    );
  }
  const known = peek(index);
  if (known !== undefined) {
    for (const value of known) {
      if (value >= -size && value < size) continue;
      throw new IndexOutOfRangeError(op, `index ${value} is out of bounds for dimension ${dim} with size ${size}`);
    }
    if (known.some((value) => value < 0)) {
      const data = Int32Array.from(known, (value) => (value < 0 ? value + size : value));
      return made(
        hostTensor(op, { data, offset: 0, length: data.length, steps: null }, index.shape, "int32", index.device),
        [index],
      );
    }
  }
  return cast(index, "int32");
}

/**
 * The elements as they are known without waiting for a device: on the cpu, or where a host copy was kept when they were
 * uploaded (labels). `undefined` elsewhere.
 */
export function peek(x: Tensor): TypedArray | undefined {
  x.check("peek");
  const host = x.hostElements();
  if (host === null || host.steps !== null) return undefined;
  return host.data.subarray(host.offset, host.offset + host.length);
}

/**
 * The slices of dimension `dim` that `index`, a vector, names.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.index_select.html
 */
export function indexSelect(x: Tensor, dim: number, index: Tensor): Tensor {
  const at = normalizeDim("indexSelect", dim, x.ndim);
  if (index.ndim > 1) {
    throw new IndexOutOfRangeError(
      "indexSelect",
      "index_select(): Index is supposed to be a vector",
      `its shape is ${formatShape(index.shape)}`,
    );
  }
  const checked = reshape(checkIndex("indexSelect", index, x.shape[at] ?? 1, at), [-1]);
  if (at === 0) return rowsOnHost(x, checked) ?? take(x, checked);
  const front = [at, ...x.shape.map((_, i) => i).filter((i) => i !== at)];
  const back = x.shape.map((_, i) => front.indexOf(i));
  return permute(take(permute(x, front), checked), back);
}

/** Rows of a cpu tensor, copied as they are stored: bytes stay bytes and steps go on waiting. */
function rowsOnHost(x: Tensor, index: Tensor): Tensor | null {
  if (x.device.name !== "cpu" || index.device.name !== "cpu" || x.requiresGrad) return null;
  x.check("indexSelect");
  const host = x.hostElements();
  const rows = peek(index);
  if (host === null || rows === undefined) return null;
  const width = numel(x.shape.slice(1));
  const length = rows.length * width;
  const data =
    host.data instanceof Float32Array
      ? new Float32Array(length)
      : host.data instanceof Int32Array
        ? new Int32Array(length)
        : new Uint8Array(length);
  for (let i = 0; i < rows.length; i++) {
    const start = host.offset + (rows[i] as number) * width;
    data.set(host.data.subarray(start, start + width), i * width);
  }
  const elements = { data, offset: 0, length, steps: host.steps };
  return made(hostTensor("indexSelect", elements, [rows.length, ...x.shape.slice(1)], x.dtype, x.device), [x]);
}

/**
 * `out[i][j] = x[index[i][j]][j]` for `dim` 0, and so on: one element picked along `dim` for each element of `index`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.gather.html
 */
export function gather(x: Tensor, dim: number, index: Tensor): Tensor {
  const at = normalizeDim("gather", dim, x.ndim);
  if (index.ndim !== x.ndim) {
    throw new ShapeError(
      "gather",
      "Index tensor must have the same number of dimensions as input tensor",
      `got ${index.ndim} and ${x.ndim}`,
    );
  }
  const wide = index.shape.findIndex((size, i) => i !== at && size > (x.shape[i] as number));
  if (wide >= 0) {
    throw new ShapeError(
      "gather",
      `Size does not match at dimension ${wide} expected index ${formatShape(index.shape)} to be no larger than self ${formatShape(x.shape)} apart from dimension ${at}`,
    );
  }
  const checked = checkIndex("gather", index, x.shape[at] ?? 1, at);
  return take(flatten(x), linearIndex(checked, x.shape, at));
}

/** Positions in the flattened tensor: the index times its stride, plus where each element itself stands. */
function linearIndex(index: Tensor, shape: Shape, dim: number): Tensor {
  const strides = stridesOf(shape);
  const own = stridesOf(index.shape);
  const count = index.numel();
  const data = new Int32Array(count);
  for (let flat = 0; flat < count; flat++) {
    let rest = flat;
    let offset = 0;
    for (let d = 0; d < shape.length; d++) {
      const at = Math.floor(rest / (own[d] as number));
      rest -= at * (own[d] as number);
      if (d !== dim) offset += at * (strides[d] as number);
    }
    data[flat] = offset;
  }
  const offsets = made(
    hostTensor("gather", { data, offset: 0, length: count, steps: null }, index.shape, "int32", index.device),
    [index],
  );
  return add(mul(index, strides[dim] ?? 1), offsets);
}

/** The elements where `mask` holds, as a vector. Reads the mask. */
export function maskedSelect(x: Tensor, mask: Tensor): Tensor {
  if (mask.dtype !== "bool") {
    throw new DTypeError(
      "maskedSelect",
      "masked_select: expected BoolTensor for mask",
      `got ${mask.dtype}`,
      "Compare first: x.gt(0).",
    );
  }
  const full = expand(mask, x.shape);
  const held = full.dataSync();
  const positions: number[] = [];
  held.forEach((value, i) => {
    if (value !== 0) positions.push(i);
  });
  return take(flatten(x), indexTensor(positions, x));
}

function indexTensor(positions: readonly number[], like: Tensor): Tensor {
  const data = Int32Array.from(positions);
  return made(
    hostTensor("index", { data, offset: 0, length: data.length, steps: null }, [data.length], "int32", like.device),
    [like],
  );
}

/** The positions of what is not zero, one row of coordinates each. Reads the tensor. */
export function nonzero(x: Tensor): Tensor {
  const strides = stridesOf(x.shape);
  const rows: number[] = [];
  x.dataSync().forEach((value, flat) => {
    if (value === 0) return;
    let rest = flat;
    for (const stride of strides) {
      rows.push(Math.floor(rest / stride));
      rest %= stride;
    }
  });
  const count = x.ndim === 0 ? 0 : rows.length / x.ndim;
  return reshape(indexTensor(rows, x), [count, x.ndim]);
}

/**
 * Python's `x[...]`: positions, slices as strings (`":"`, `"1:3"`, `"::2"`), `"..."`, `null` for a new dimension, and
 * one tensor of positions or one boolean mask.
 */
export function index(x: Tensor, indices: readonly Index<Tensor>[]): Tensor {
  const named = indices.filter((i) => i !== null && i !== "...");
  const used = named.reduce<number>((n, i) => n + (isTensor(i) && i.dtype === "bool" ? i.ndim : 1), 0);
  if (used > x.ndim) {
    throw new IndexOutOfRangeError("index", `too many indices for tensor of dimension ${x.ndim}`, `got ${used}`);
  }
  let out = x;
  let dim = 0;
  for (const item of indices) {
    if (item === null) {
      out = unsqueeze(out, dim);
      dim += 1;
    } else if (item === "...") dim += x.ndim - used;
    else if (typeof item === "number") out = select(out, dim, item);
    else if (typeof item === "string") {
      out = slice(out, dim, item);
      dim += 1;
    } else {
      const before = out;
      out = item.dtype === "bool" ? maskIndex(out, dim, item) : positionIndex(out, dim, item);
      dim += out.ndim - before.ndim + (item.dtype === "bool" ? item.ndim : 1);
    }
  }
  return out === x ? reshape(x, x.shape) : out;
}

/** One dimension by a tensor of positions, whose shape takes its place. */
function positionIndex(x: Tensor, dim: number, index: Tensor): Tensor {
  const { shape } = x;
  const flat = indexSelect(x, dim, reshape(index, [-1]));
  return reshape(flat, [...shape.slice(0, dim), ...index.shape, ...shape.slice(dim + 1)]);
}

/** As many dimensions as the mask has, by the positions where it holds. */
function maskIndex(x: Tensor, dim: number, mask: Tensor): Tensor {
  const covered = x.shape.slice(dim, dim + mask.ndim);
  if (!sameShape(covered, mask.shape)) {
    throw new IndexOutOfRangeError(
      "index",
      `The shape of the mask ${formatShape(mask.shape)} at index ${Math.max(
        0,
        mask.shape.findIndex((n, i) => n !== covered[i]),
      )} does not match the shape of the indexed tensor ${formatShape(x.shape)} at index ${dim}`,
    );
  }
  const positions: number[] = [];
  mask.dataSync().forEach((value, i) => {
    if (value !== 0) positions.push(i);
  });
  const joined = reshape(x, [...x.shape.slice(0, dim), numel(covered), ...x.shape.slice(dim + mask.ndim)]);
  return indexSelect(joined, dim, indexTensor(positions, x));
}

const SLICE = /^\s*(-?\d+)?\s*(?::\s*(-?\d+)?\s*)(?::\s*(-?\d+)?\s*)?$/;

/** One dimension by a slice, as Python writes it. */
function slice(x: Tensor, dim: number, text: string): Tensor {
  const parts = SLICE.exec(text);
  if (parts === null) {
    throw new IndexOutOfRangeError(
      "index",
      `'${text}' is not a slice`,
      "",
      'Write it as Python does: ":", "1:3", "::2", "-5:".',
    );
  }
  const size = x.shape[dim] as number;
  const [, from, to, by] = parts.map((part) => (part === undefined ? undefined : Number(part)));
  const step = by ?? 1;
  if (step < 1) throw new IndexOutOfRangeError("index", "step must be greater than zero", `got ${step}`, "Use flip().");
  const clip = (position: number): number => Math.min(size, Math.max(0, position < 0 ? position + size : position));
  const start = clip(from ?? 0);
  const end = Math.max(start, clip(to ?? size));
  if (step === 1) return narrow(x, dim, start, end - start);
  const positions = Array.from({ length: Math.ceil((end - start) / step) }, (_, i) => start + i * step);
  return indexSelect(x, dim, indexTensor(positions, x));
}
