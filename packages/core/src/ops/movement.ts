import { promote } from "../dtype.ts";
import { IndexOutOfRangeError, ShapeError, ValueError } from "../errors.ts";
import { defineOp, forked, kernel, type Op } from "../op.ts";
import { formatShape, normalizeDim, normalizeDims, numel, type Shape, sameShape } from "../shape.ts";
import { made } from "../temporaries.ts";
import { hostTensor, type Tensor } from "../tensor.ts";
import type { Dims } from "../tensor-methods.ts";
import { expand, reshape } from "./broadcast.ts";
import { constant } from "./constant.ts";
import { cast } from "./conversion.ts";
import { clone } from "./copying.ts";

/** Marks a copy where PyTorch would give a view, so that nobody takes it for one. */
export function copyOfView(op: string, out: Tensor, source: Tensor): Tensor {
  if (out.viewCopy !== null) return out;
  const original = source.viewCopy;
  out.viewCopy = {
    op,
    source: original === null ? source.storage : original.source,
    version: original === null ? source.storage.version : original.version,
  };
  return out;
}

// --- same elements, other sizes -----------------------------------------------------------------------------------

/** Dimensions `startDim` to `endDim` become one. */
export function flatten(x: Tensor, startDim = 0, endDim = -1): Tensor {
  const [start, end] = [normalizeDim("flatten", startDim, x.ndim), normalizeDim("flatten", endDim, x.ndim)];
  if (start > end) {
    throw new ShapeError(
      "flatten",
      "flatten() has invalid args: start_dim cannot come after end_dim",
      `got ${start} and ${end}`,
    );
  }
  const { shape } = x;
  return reshape(x, [...shape.slice(0, start), numel(shape.slice(start, end + 1)), ...shape.slice(end + 1)]);
}

/** Dimension `dim` becomes several. */
export function unflatten(x: Tensor, dim: number, sizes: Shape): Tensor {
  const at = normalizeDim("unflatten", dim, x.ndim);
  const size = x.shape[at] ?? 1;
  if (!sizes.includes(-1) && numel(sizes) !== size) {
    throw new ShapeError(
      "unflatten",
      `unflatten: Provided sizes ${formatShape(sizes)} don't multiply up to the size of dim ${at} (${size}) in the input tensor`,
    );
  }
  return reshape(x, [...x.shape.slice(0, at), ...sizes, ...x.shape.slice(at + 1)]);
}

/** Without dimensions of size 1, or without those of `dim` that have size 1. */
export function squeeze(x: Tensor, dim?: Dims): Tensor {
  const dims = normalizeDims("squeeze", dim, x.ndim);
  return reshape(
    x,
    x.shape.filter((size, i) => size !== 1 || !dims.includes(i)),
  );
}

/** With a dimension of size 1 before `dim`. */
export function unsqueeze(x: Tensor, dim: number): Tensor {
  const at = normalizeDim("unsqueeze", dim, x.ndim + 1);
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
}

// --- same elements, other order -----------------------------------------------------------------------------------

const permuteOp: Op<readonly number[]> = defineOp<readonly number[]>("permute", {
  forward([x], perm) {
    const input = x as Tensor;
    const shape = perm.map((dim) => input.shape[dim] as number);
    const moved = perm.filter((dim) => input.shape[dim] !== 1);
    if (moved.every((dim, i) => i === 0 || dim > (moved[i - 1] as number))) return forked(input, shape);
    return kernel("Transpose", { x: input }, { perm }, shape, input.dtype);
  },
  backward(grad, { attrs: perm }) {
    const inverse = new Array<number>(perm.length);
    perm.forEach((dim, i) => {
      inverse[dim] = i;
    });
    return [permuteOp([grad], inverse)];
  },
});

/** The dimensions in another order. */
export function permute(x: Tensor, dims: readonly number[]): Tensor {
  if (dims.length !== x.ndim) {
    throw new ShapeError(
      "permute",
      `permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = ${x.ndim} is not equal to len(dims) = ${dims.length}`,
      `dims are ${formatShape(dims)}`,
      "Name every dimension once.",
    );
  }
  const perm = dims.map((dim) => normalizeDim("permute", dim, x.ndim));
  if (new Set(perm).size !== perm.length) {
    throw new ShapeError(
      "permute",
      "permute(): duplicate dims are not allowed.",
      `dims are ${formatShape(dims)}`,
      "Name every dimension once.",
    );
  }
  return copyOfView("permute", permuteOp([x], perm), x);
}

/** Dimensions `dim0` and `dim1` swapped. */
export function transpose(x: Tensor, dim0: number, dim1: number): Tensor {
  const [a, b] = [normalizeDim("transpose", dim0, x.ndim), normalizeDim("transpose", dim1, x.ndim)];
  if (x.ndim < 2) return reshape(x, x.shape);
  const perm = x.shape.map((_, i) => (i === a ? b : i === b ? a : i));
  return copyOfView("transpose", permuteOp([x], perm), x);
}

/** The transpose of a matrix; vectors and scalars as they are. */
export function t(x: Tensor): Tensor {
  if (x.ndim > 2) {
    throw new ShapeError(
      "t",
      `t() expects a tensor with <= 2 dimensions, but self is ${x.ndim}D`,
      "",
      "Use transpose(dim0, dim1) or permute(...).",
    );
  }
  return transpose(x, 0, -1);
}

const flipOp: Op<readonly number[]> = defineOp<readonly number[]>("flip", {
  forward: ([x], dims) => {
    const input = x as Tensor;
    return kernel("Reverse", { x: input }, { dims }, input.shape, input.dtype);
  },
  backward: (grad, { attrs }) => [flipOp([grad], attrs)],
});

/** The order of elements along `dims` reversed. */
export function flip(x: Tensor, dims: readonly number[]): Tensor {
  return flipOp([x], dims.length === 0 ? [] : normalizeDims("flip", dims, x.ndim));
}

/** `x` laid side by side `repeats` times along each dimension; new dimensions come in front. */
export function repeat(x: Tensor, repeats: readonly number[]): Tensor {
  if (repeats.length < x.ndim) {
    throw new ShapeError(
      "repeat",
      "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor",
      `got ${repeats.length} for ${x.ndim}`,
      "Give one number for each dimension.",
    );
  }
  const shape = [...new Array<number>(repeats.length - x.ndim).fill(1), ...x.shape];
  const apart = shape.flatMap((size) => [1, size]);
  const wide = shape.flatMap((size, i) => [repeats[i] as number, size]);
  const whole = shape.map((size, i) => size * (repeats[i] as number));
  // A copy, unlike what `expand` gives.
  return clone(reshape(expand(reshape(x, apart), wide), whole));
}

// --- parts of a tensor, and a tensor of parts ---------------------------------------------------------------------

interface SliceAttrs {
  readonly begin: readonly number[];
  readonly size: readonly number[];
}

const sliceOp: Op<SliceAttrs> = defineOp<SliceAttrs>("slice", {
  forward([x], { begin, size }) {
    const input = x as Tensor;
    return kernel("Slice", { x: input }, { begin, size }, size, input.dtype);
  },
  backward(grad, { shapes, attrs: { begin, size } }) {
    const shape = shapes[0] as Shape;
    const paddings = shape.map((length, i) => [
      begin[i] as number,
      length - (begin[i] as number) - (size[i] as number),
    ]);
    return [padOp([grad], { paddings, value: 0 })];
  },
});

interface PadAttrs {
  readonly paddings: readonly (readonly number[])[];
  readonly value: number;
}

const padOp: Op<PadAttrs> = defineOp<PadAttrs>("pad", {
  forward([x], { paddings, value }) {
    const input = x as Tensor;
    const shape = input.shape.map((size, i) => size + (paddings[i]?.[0] ?? 0) + (paddings[i]?.[1] ?? 0));
    if (input.numel() === 0) return expand(constant(input.device, value, input.dtype), shape);
    return kernel("PadV2", { x: input }, { paddings, constantValue: value }, shape, input.dtype);
  },
  backward: (grad, { shapes, attrs: { paddings } }) => [
    sliceOp([grad], { begin: paddings.map((pair) => pair[0] as number), size: shapes[0] as Shape }),
  ],
});

/** `value` around `x`; `padding` are pairs from the last dimension on, as `F.pad`: `[left, right, top, bottom]`. Negative ones crop. */
export function pad(x: Tensor, padding: readonly number[], options: { readonly value?: number } = {}): Tensor {
  if (padding.length % 2 !== 0 || padding.length > 2 * x.ndim) {
    throw new ShapeError(
      "pad",
      padding.length % 2 !== 0
        ? "Padding length must be divisible by 2"
        : "Padding length should be less than or equal to two times the input dimension",
      `got ${padding.length} numbers for ${x.ndim} dimensions`,
      "Give [left, right], [left, right, top, bottom], ...",
    );
  }
  const pairs = x.shape.map((_, i) => {
    const at = 2 * (x.ndim - 1 - i);
    return [padding[at] ?? 0, padding[at + 1] ?? 0] as const;
  });
  const cropped = pairs.some(([before, after]) => before < 0 || after < 0);
  const begin = pairs.map(([before]) => Math.max(0, -before));
  const size = x.shape.map((length, i) => length + Math.min(0, pairs[i]?.[0] ?? 0) + Math.min(0, pairs[i]?.[1] ?? 0));
  const inner = cropped ? sliceOp([x], { begin, size }) : x;
  const paddings = pairs.map(([before, after]) => [Math.max(0, before), Math.max(0, after)]);
  return padOp([inner], { paddings, value: options.value ?? 0 });
}

/** Elements of a cpu tensor that lie together, as a tensor: nothing is computed, nothing copied. */
function window(op: string, x: Tensor, offset: number, shape: Shape): Tensor | null {
  if (x.device.name !== "cpu" || x.requiresGrad) return null;
  x.check(op);
  const host = x.hostElements();
  if (host === null) return null;
  const elements = { data: host.data, offset: host.offset + offset, length: numel(shape), steps: host.steps };
  return made(hostTensor(op, elements, shape, x.dtype, x.device), [x]);
}

/** `length` elements of dimension `dim` from `start` on. */
export function narrow(x: Tensor, dim: number, start: number, length: number): Tensor {
  const at = normalizeDim("narrow", dim, x.ndim);
  const available = x.shape[at] ?? 1;
  const from = start < 0 ? start + available : start;
  if (!Number.isInteger(from) || from < 0 || length < 0 || from + length > available) {
    throw new IndexOutOfRangeError(
      "narrow",
      length < 0
        ? "narrow(): length must be non-negative."
        : `start (${start}) + length (${length}) exceeds dimension size (${available}).`,
      `the shape is ${formatShape(x.shape)}, the dimension ${at}`,
    );
  }
  const size = x.shape.map((n, i) => (i === at ? length : n));
  if (numel(x.shape.slice(0, at)) === 1) {
    const direct = window("narrow", x, from * numel(x.shape.slice(at + 1)), size);
    if (direct !== null) return copyOfView("narrow", direct, x);
  }
  const begin = x.shape.map((_, i) => (i === at ? from : 0));
  return copyOfView("narrow", sliceOp([x], { begin, size }), x);
}

/** Element `index` of dimension `dim`, which goes away. */
export function select(x: Tensor, dim: number, index: number): Tensor {
  if (x.ndim === 0) {
    throw new IndexOutOfRangeError(
      "select",
      "select() cannot be applied to a 0-dim tensor.",
      "",
      "Read it with item().",
    );
  }
  const at = normalizeDim("select", dim, x.ndim);
  const available = x.shape[at] as number;
  const from = index < 0 ? index + available : index;
  if (!Number.isInteger(from) || from < 0 || from >= available) {
    throw new IndexOutOfRangeError(
      "select",
      `select(): index ${index} out of range for tensor of size ${formatShape(x.shape)} at dimension ${at}`,
    );
  }
  if (at === 0) {
    const shape = x.shape.slice(1);
    const direct = window("select", x, from * numel(shape), shape);
    if (direct !== null) return copyOfView("select", direct, x);
  }
  const begin = x.shape.map((_, i) => (i === at ? from : 0));
  const size = x.shape.map((n, i) => (i === at ? 1 : n));
  const shape = x.shape.filter((_, i) => i !== at);
  return copyOfView("select", reshape(sliceOp([x], { begin, size }), shape), x);
}

/** Pieces of `size` along `dim` (the last may be smaller), or pieces of the sizes given. */
export function split(x: Tensor, size: number | readonly number[], dim = 0): Tensor[] {
  const at = normalizeDim("split", dim, x.ndim);
  const total = x.shape[at] ?? 1;
  if (typeof size === "number" && (!Number.isInteger(size) || size < 1)) {
    throw new ValueError("split", `split expects split_size be non-negative and at least 1`, `got split_size=${size}`);
  }
  const sizes =
    typeof size === "number"
      ? Array.from({ length: Math.max(1, Math.ceil(total / size)) }, (_, i) => Math.min(size, total - i * size))
      : size;
  if (sizes.reduce((a, b) => a + b, 0) !== total) {
    throw new ShapeError(
      "split",
      `split_with_sizes expects split_sizes to sum exactly to ${total} (input tensor's size at dimension ${at}), but got split_sizes=${formatShape(sizes)}`,
    );
  }
  let start = 0;
  return sizes.map((length) => {
    const piece = narrow(x, at, start, length);
    start += length;
    return piece;
  });
}

/** At most `chunks` pieces of equal size (the last may be smaller). */
export function chunk(x: Tensor, chunks: number, dim = 0): Tensor[] {
  if (!Number.isInteger(chunks) || chunks < 1) {
    throw new ValueError("chunk", `chunk expects \`chunks\` to be greater than 0, got: ${chunks}`);
  }
  const total = x.shape[normalizeDim("chunk", dim, x.ndim)] ?? 1;
  return split(x, Math.max(1, Math.ceil(total / chunks)), dim);
}

/** The elements of dimension `dim`, one tensor each. */
export function unbind(x: Tensor, dim = 0): Tensor[] {
  const at = normalizeDim("unbind", dim, x.ndim);
  return Array.from({ length: x.shape[at] ?? 0 }, (_, i) => select(x, at, i));
}

const catOp = defineOp<number>("cat", {
  forward(inputs, dim) {
    const used = inputs.filter((x) => !isNothing(x.shape));
    const [first = inputs[0] as Tensor] = used;
    const total = used.reduce((sum, x) => sum + (x.shape[dim] as number), 0);
    const shape = first.shape.map((size, i) => (i === dim ? total : size));
    const parts = used.filter((x) => x.numel() > 0);
    // What is left where all are empty.
    if (parts.length === 0) return reshape(first, shape);
    return kernel("Concat", parts, { axis: dim }, shape, first.dtype);
  },
  backward(grad, { shapes, attrs: dim }) {
    let start = 0;
    return shapes.map((shape) => {
      if (isNothing(shape)) return expand(constant(grad.device, 0, "float32"), shape);
      const begin = shape.map((_, i) => (i === dim ? start : 0));
      start += shape[dim] as number;
      return sliceOp([grad], { begin, size: shape });
    });
  },
});

/** PyTorch skips empty vectors, whatever the others' shape. */
function isNothing(shape: Shape): boolean {
  return shape.length === 1 && shape[0] === 0;
}

/**
 * Tensors one after the other along `dim`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.cat.html
 */
export function cat(tensors: readonly Tensor[], dim = 0): Tensor {
  if (tensors.length === 0) {
    throw new ValueError("cat", "torch.cat(): expected a non-empty list of Tensors", "", "Give at least one tensor.");
  }
  const first = tensors.find((x) => !isNothing(x.shape)) ?? (tensors[0] as Tensor);
  const at = first.ndim === 0 ? 0 : normalizeDim("cat", dim, first.ndim);
  for (const [position, x] of tensors.entries()) checkPart(first, x, at, position);
  const dtype = tensors.map((x) => x.dtype).reduce(promote, first.dtype);
  return catOp(
    tensors.map((x) => cast(x, dtype)),
    at,
  );
}

function checkPart(first: Tensor, x: Tensor, dim: number, position: number): void {
  if (x.ndim === 0) {
    const rule = `zero-dimensional tensor (at position ${position}) cannot be concatenated`;
    throw new ShapeError("cat", rule, "", "Use stack().");
  }
  if (isNothing(x.shape)) return;
  if (x.ndim !== first.ndim) {
    throw new ShapeError("cat", `Tensors must have same number of dimensions: got ${first.ndim} and ${x.ndim}`);
  }
  const wrong = x.shape.findIndex((size, i) => i !== dim && size !== first.shape[i]);
  if (wrong < 0) return;
  throw new ShapeError(
    "cat",
    `Sizes of tensors must match except in dimension ${dim}. Expected size ${first.shape[wrong]} but got size ${x.shape[wrong]} for tensor number ${position} in the list.`,
  );
}

/**
 * Tensors of one shape along a new dimension `dim`. Neighbouring pieces of one cpu tensor are put together again without
 * copying.
 */
export function stack(tensors: readonly Tensor[], dim = 0): Tensor {
  const [first] = tensors;
  if (first === undefined) {
    throw new ValueError("stack", "stack expects a non-empty TensorList", "", "Give at least one tensor.");
  }
  const { shape } = first;
  for (let i = 1; i < tensors.length; i++) {
    const other = tensors[i] as Tensor;
    if (sameShape(other.shape, shape)) continue;
    throw new ShapeError(
      "stack",
      `stack expects each tensor to be equal size, but got ${formatShape(shape)} at entry 0 and ${formatShape(other.shape)} at entry ${i}`,
      "",
      "Bring samples to one size first: Resize, CenterCrop, pad.",
    );
  }
  const at = normalizeDim("stack", dim, first.ndim + 1);
  const host = at === 0 ? stackOnHost(tensors) : null;
  if (host !== null) return host;
  return cat(
    tensors.map((x) => unsqueeze(x, at)),
    at,
  );
}

/** Samples in ordinary memory, with the same steps waiting: joined there, and the steps go on waiting. */
function stackOnHost(tensors: readonly Tensor[]): Tensor | null {
  const first = tensors[0] as Tensor;
  if (first.device.name !== "cpu") return null;
  first.check("stack");
  const start = first.hostElements();
  if (start === null) return null;
  const { data, offset, length, steps } = start;
  let neighbours = true;
  for (let i = 0; i < tensors.length; i++) {
    const x = tensors[i] as Tensor;
    if (x.device !== first.device || x.dtype !== first.dtype || x.requiresGrad) return null;
    x.check("stack");
    const host = x.hostElements();
    if (host === null || host.steps !== steps) return null;
    if (host.data !== data || host.offset !== offset + i * length) neighbours = false;
  }
  const shape = [tensors.length, ...first.shape];
  const total = length * tensors.length;
  if (neighbours) {
    return made(hostTensor("stack", { data, offset, length: total, steps }, shape, first.dtype, first.device), tensors);
  }
  const joined =
    data instanceof Float32Array
      ? new Float32Array(total)
      : data instanceof Int32Array
        ? new Int32Array(total)
        : new Uint8Array(total);
  tensors.forEach((x, i) => {
    const host = x.hostElements() as NonNullable<ReturnType<Tensor["hostElements"]>>;
    joined.set(host.data.subarray(host.offset, host.offset + length), i * length);
  });
  return made(
    hostTensor("stack", { data: joined, offset: 0, length: total, steps }, shape, first.dtype, first.device),
    tensors,
  );
}
