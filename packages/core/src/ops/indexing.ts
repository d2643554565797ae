import type { TypedArray } from "../base/dtype.ts";
import { DTypeError, IndexOutOfRangeError, ShapeError } from "../base/errors.ts";
import { broadcastShapes, formatShape, normalizeDim, numel, type Shape, stridesOf } from "../base/shape.ts";
import { defineFused } from "../graph/fused.ts";
import { defineOp, kernel, type Op, onOneDevice } from "../graph/op.ts";
import { made } from "../scope/temporaries.ts";
import { partsOf } from "../storage/host-elements.ts";
import { checkTensor } from "../tensor/arguments.ts";
import { hostTensor, type Tensor } from "../tensor/tensor.ts";
import { add, mul } from "./arithmetic.ts";
import { expand, reshape } from "./broadcast.ts";
import { constant } from "./constant.ts";
import { cast } from "./conversion.ts";
import { flatten, permute } from "./movement.ts";

// `take` and `scatterRows` are each other's derivative; gather, indexSelect and advanced indexing are made of them.

const takeOp: Op<undefined> = defineOp("take", {
  forward([x, index]) {
    const [rows, at] = [x as Tensor, index as Tensor];
    const shape = [...at.shape, ...rows.shape.slice(1)];
    return kernel("take", { x: rows, index: at }, {}, shape, rows.dtype);
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
    return kernel("scatterRows", { updates: values, index: at }, {}, shape, values.dtype);
  },
  backward: (grad, saved) => [takeOp([grad, saved.input(1)], undefined), null],
});

/** The rows of `x` that `index` names; gradients of rows named twice add up. */
export function take(x: Tensor, index: Tensor): Tensor {
  return takeOp([x, index], undefined);
}

/** Zeros of `shape`, and in the rows that `index` names the rows of `updates`, added up. */
export function scatterRows(updates: Tensor, index: Tensor, shape: Shape): Tensor {
  return scatterOp([updates, index], shape);
}

/** Index tensors hold whole numbers; those known on the host are checked here, with `refuse` for what is out of range. */
export function checkIndex(op: string, index: Tensor, size: number, refuse: (index: number) => string): Tensor {
  if (index.dtype !== "int32" && index.dtype !== "uint8") {
    throw new DTypeError(
      op,
      op === "indexSelect"
        ? "index_select(): Expected dtype int32 or int64 for index"
        : `${op}(): Expected dtype int32/int64 for index`,
      `got ${index.dtype}`,
      'Convert it: index.to("int32").',
    );
  }
  const wrong = peek(index)?.find((value) => value < 0 || value >= size);
  if (wrong !== undefined) throw new IndexOutOfRangeError(op, refuse(wrong));
  return cast(index, "int32");
}

/**
 * The elements as they are known without waiting for a device: on the cpu, or where a host copy was kept when they were
 * uploaded (labels). `undefined` elsewhere.
 */
export function peek(x: Tensor): TypedArray | undefined {
  checkTensor("peek", x);
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
  checkTensor("indexSelect", x);
  checkTensor("indexSelect", index, "index", 3);
  const at = normalizeDim("indexSelect", dim, x.ndim);
  if (index.ndim > 1) {
    throw new IndexOutOfRangeError(
      "indexSelect",
      "index_select(): Index is supposed to be a vector",
      `its shape is ${formatShape(index.shape)}`,
    );
  }
  const size = x.shape[at] ?? 1;
  const refuse = (value: number): string =>
    `index out of range in self: index ${value} is out of bounds for dimension ${at} with size ${size}`;
  const checked = reshape(checkIndex("indexSelect", index, size, refuse), [index.numel()]);
  if (x.ndim === 0) return reshape(take(reshape(x, [1]), checked), []);
  if (at === 0) return rowsOnHost(x, checked) ?? take(x, checked);
  const front = [at, ...x.shape.map((_, i) => i).filter((i) => i !== at)];
  const back = x.shape.map((_, i) => front.indexOf(i));
  return permute(take(permute(x, front), checked), back);
}

/** Rows in ordinary memory as they are stored: bytes are not copied before they are needed together, and steps go on waiting. */
function rowsOnHost(x: Tensor, index: Tensor): Tensor | null {
  if (x.device.host === undefined || index.device.host === undefined || x.requiresGrad) return null;
  x.check("indexSelect");
  const host = x.hostElements();
  const rows = peek(index);
  if (host === null || rows === undefined) return null;
  const width = numel(x.shape.slice(1));
  const starts = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) starts[i] = host.offset + (rows[i] as number) * width;
  const elements = partsOf(host, starts, width);
  return made(hostTensor("indexSelect", elements, [rows.length, ...x.shape.slice(1)], x.dtype, x.device), [x]);
}

/**
 * `out[i][j] = x[index[i][j]][j]` for `dim` 0, and so on: one element picked along `dim` for each element of `index`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.gather.html
 */
export function gather(x: Tensor, dim: number, index: Tensor): Tensor {
  checkTensor("gather", x);
  checkTensor("gather", index, "index", 3);
  onOneDevice("gather", [x, index]);
  const at = normalizeDim("gather", dim, x.ndim);
  // A number counts as a vector of one.
  if (x.ndim === 0 && index.ndim < 2) {
    return reshape(gather(reshape(x, [1]), 0, reshape(index, [index.numel()])), index.shape);
  }
  if (x.ndim === 1 && index.ndim === 0) return reshape(gather(x, 0, reshape(index, [1])), []);
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
  const size = x.shape[at] ?? 1;
  const refuse = (value: number): string => `index ${value} is out of bounds for dimension ${at} with size ${size}`;
  return gatherOp([x, checkIndex("gather", index, size, refuse)], at);
}

/** The kernel of {@link gather}. */
export const gatherKernel = defineFused("gather", ({ x, index }, { dim }) => [
  take(flatten(x), linearIndex(index, x.shape, dim)),
]);

/** The kernel of its gradient. */
export const scatterAddKernel = defineFused("scatterAdd", ({ updates, index }, { dim }, [{ shape }]) => {
  const at = reshape(linearIndex(index, shape, dim), [-1]);
  return [reshape(scatterRows(flatten(updates), at, [numel(shape)]), shape)];
});

const gatherOp: Op<number> = defineOp<number>("gather", {
  forward([x, index], dim) {
    const [from, at] = [x as Tensor, index as Tensor];
    return gatherKernel({ x: from, index: at }, { dim }, [{ shape: at.shape, dtype: from.dtype }])[0];
  },
  backward(grad, saved) {
    const shape = saved.shapes[0] as Shape;
    return [scatterAddOp([grad, saved.input(1)], { shape, dim: saved.attrs }), null];
  },
});

/** Zeros of `shape`, and the updates added where {@link gatherOp} would read. */
const scatterAddOp: Op<{ readonly shape: Shape; readonly dim: number }> = defineOp("scatterAdd", {
  forward([updates, index], { shape, dim }) {
    const [values, at] = [updates as Tensor, index as Tensor];
    if (values.numel() === 0) return expand(constant(values.device, 0, values.dtype), shape);
    return scatterAddKernel({ updates: values, index: at }, { dim }, [{ shape, dtype: values.dtype }])[0];
  },
  backward: (grad, saved) => [gatherOp([grad, saved.input(1)], saved.attrs.dim), null],
});

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
  checkTensor("maskedSelect", x);
  checkTensor("maskedSelect", mask, "mask", 2);
  if (mask.dtype !== "bool") {
    throw new DTypeError(
      "maskedSelect",
      "masked_select: expected BoolTensor for mask",
      `got ${mask.dtype}`,
      "Compare first: x.gt(0).",
    );
  }
  onOneDevice("maskedSelect", [x, mask]);
  const shape = broadcastShapes("maskedSelect", mask.shape, x.shape);
  const full = expand(mask, shape);
  const held = full.dataSync();
  const positions: number[] = [];
  held.forEach((value, i) => {
    if (value !== 0) positions.push(i);
  });
  return take(flatten(expand(x, shape)), indexTensor(positions, x));
}

/** Positions as an index tensor on the device of `like`. */
export function indexTensor(positions: Iterable<number>, like: Tensor): Tensor {
  const data = Int32Array.from(positions);
  return made(
    hostTensor("index", { data, offset: 0, length: data.length, steps: null }, [data.length], "int32", like.device),
    [like],
  );
}

/** The positions of what is not zero, one row of coordinates each. Reads the tensor. */
export function nonzero(x: Tensor): Tensor {
  checkTensor("nonzero", x);
  const strides = stridesOf(x.shape);
  const rows: number[] = [];
  let count = 0;
  x.dataSync().forEach((value, flat) => {
    if (value === 0) return;
    count++;
    let rest = flat;
    for (const stride of strides) {
      rows.push(Math.floor(rest / stride));
      rest %= stride;
    }
  });
  return reshape(indexTensor(rows, x), [count, x.ndim]);
}
