import type { TypedArray } from "../base/dtype.ts";
import { ArgumentTypeError, DTypeError, IndexOutOfRangeError } from "../base/errors.ts";
import { broadcastShapes, formatShape, numel, type Shape, stridesOf } from "../base/shape.ts";
import { moveTo } from "../graph/op.ts";
import { kindOf } from "../tensor/arguments.ts";
import type { Index } from "../tensor/method-arguments.ts";
import { isTensor, type Tensor } from "../tensor/tensor.ts";
import { add, mul } from "./arithmetic.ts";
import { expand, reshape } from "./broadcast.ts";
import { where } from "./comparison.ts";
import { cast } from "./conversion.ts";
import { clone } from "./copying.ts";
import { indexTensor, peek } from "./index-tensor.ts";
import { indexSelect } from "./indexing.ts";
import { permute, unsqueeze } from "./movement.ts";
import { take } from "./picking.ts";
import { narrow, select } from "./slicing.ts";
import { copyOfView } from "./view-copy.ts";

/** Positions along one dimension. */
interface Picked {
  readonly dim: number;
  readonly positions: Tensor;
}

/**
 * Python's `x[...]`: positions, slices as strings (`":"`, `"1:3"`, `"::2"`), `"..."`, `null` for a new dimension, tensors of
 * positions, which broadcast against each other, and boolean masks.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.index.html
 * @example arange(6).reshape(2, 3).index(":", "1:") // tensor([[1, 2], [4, 5]])
 */
export function index(x: Tensor, ...indices: Index<Tensor>[]): Tensor {
  const used = indices.reduce<number>((n, item) => n + coveredBy(item), 0);
  if (used > x.ndim) {
    throw new IndexOutOfRangeError("index", `too many indices for tensor of dimension ${x.ndim}`, `got ${used}`);
  }
  let out = x;
  let dim = 0;
  const picked: Picked[] = [];
  for (const item of indices) {
    if (item === null) {
      out = unsqueeze(out, dim);
      dim += 1;
    } else if (item === "...") dim += x.ndim - used;
    else if (typeof item === "number") out = position(out, dim, item);
    else if (typeof item === "string") {
      out = slice(out, dim, item);
      dim += 1;
    } else {
      checkIndexTensor(item);
      for (const positions of item.dtype === "bool" ? maskPositions(out, dim, item) : [item]) {
        picked.push({ dim, positions: checkPositions(out, dim, positions) });
        dim += 1;
      }
    }
  }
  if (picked.length > 0) return pick(out, picked);
  return out === x ? reshape(x, x.shape) : out;
}

/** How many dimensions an index stands for. */
function coveredBy(item: Index<Tensor>): number {
  if (item === null || item === "...") return 0;
  return isTensor(item) && item.dtype === "bool" ? item.ndim : 1;
}

/** Refuses what stands for no index: an array, which `x[[0, 1]]` takes in Python, `undefined`, an object. */
function checkIndexTensor(item: unknown): void {
  if (isTensor(item)) return;
  const rule = `only integers, slices (\`:\`), ellipsis (\`...\`), None and long or byte Variables are valid indices (got ${kindOf(item)})`;
  const wayOut = Array.isArray(item) ? 'Make it a tensor: tensor([0, 1], { dtype: "int32" }).' : "None is null here.";
  throw new ArgumentTypeError("index", rule, "", wayOut);
}

function outOfBounds(index: number, dim: number, size: number): IndexOutOfRangeError {
  return new IndexOutOfRangeError("index", `index ${index} is out of bounds for dimension ${dim} with size ${size}`);
}

function position(x: Tensor, dim: number, index: number): Tensor {
  const size = x.shape[dim] as number;
  if (!Number.isInteger(index) || index < -size || index >= size) throw outOfBounds(index, dim, size);
  return select(x, dim, index);
}

/** Positions on the device of `x`, counted from the front. Those known on the host are checked. */
function checkPositions(x: Tensor, dim: number, positions: Tensor): Tensor {
  if (positions.dtype !== "int32" && positions.dtype !== "uint8") {
    throw new DTypeError(
      "index",
      "tensors used as indices must be long, int, byte or bool tensors",
      `got ${positions.dtype}`,
      'Convert it: index.to("int32").',
    );
  }
  const size = x.shape[dim] as number;
  const known = peek(positions);
  const wrong = known?.find((value) => value < -size || value >= size);
  if (wrong !== undefined) throw outOfBounds(wrong, dim, size);
  // As in PyTorch, positions may be on the cpu wherever the tensor is.
  const here = positions.device.host !== undefined ? moveTo(positions, x.device) : positions;
  const whole = cast(here, "int32");
  if (known?.every((value) => value >= 0) === true) return whole;
  return where(whole.lt(0), add(whole, size), whole);
}

/** Where a mask holds, one tensor of positions for each of its dimensions. */
function maskPositions(x: Tensor, dim: number, mask: Tensor): Tensor[] {
  const wrong = mask.shape.findIndex((size, i) => size !== x.shape[dim + i]);
  if (wrong >= 0) {
    throw new IndexOutOfRangeError(
      "index",
      `The shape of the mask ${formatShape(mask.shape)} at index ${wrong} does not match the shape of the indexed tensor ${formatShape(x.shape)} at index ${dim + wrong}`,
    );
  }
  const held = holding(mask.dataSync());
  return stridesOf(mask.shape).map((stride, i) =>
    indexTensor(
      held.map((at) => Math.floor(at / stride) % (mask.shape[i] as number)),
      x,
    ),
  );
}

/** The positions of what is not zero. */
function holding(data: TypedArray): number[] {
  const found: number[] = [];
  data.forEach((value, i) => {
    if (value !== 0) found.push(i);
  });
  return found;
}

/** Picks along all the dimensions at once: the positions' common shape takes their place, or stands in front. */
function pick(x: Tensor, picked: readonly Picked[]): Tensor {
  const [{ dim: first, positions }] = picked as [Picked];
  if (picked.length === 1) {
    const flat = indexSelect(x, first, reshape(positions, [positions.numel()]));
    return reshape(flat, [...x.shape.slice(0, first), ...positions.shape, ...x.shape.slice(first + 1)]);
  }
  const common = commonShape(picked);
  const dims = picked.map(({ dim }) => dim);
  const rest = x.shape.map((_, i) => i).filter((i) => !dims.includes(i));
  const sizes = dims.map((dim) => x.shape[dim] as number);
  const restSizes = rest.map((dim) => x.shape[dim] as number);
  const strides = stridesOf(sizes);
  const places = picked
    .map(({ positions }, i) => mul(expand(positions, common), strides[i] as number))
    .reduce((sum, part) => add(sum, part));
  const rows = reshape(permute(x, [...dims, ...rest]), [numel(sizes), ...restSizes]);
  const out = take(rows, places);
  const adjacent = dims.every((dim, i) => dim === first + i);
  if (!adjacent || first === 0) return out;
  const [before, after] = [rest.filter((dim) => dim < first).length, rest.length];
  const back = [
    ...Array.from({ length: before }, (_, i) => common.length + i),
    ...common.map((_, i) => i),
    ...Array.from({ length: after - before }, (_, i) => common.length + before + i),
  ];
  // A copy, unlike what `permute` gives.
  return clone(permute(out, back));
}

function commonShape(picked: readonly Picked[]): Shape {
  const shapes = picked.map(({ positions }) => positions.shape);
  try {
    return shapes.reduce((a, b) => broadcastShapes("index", a, b));
  } catch {
    throw new IndexOutOfRangeError(
      "index",
      `shape mismatch: indexing tensors could not be broadcast together with shapes ${shapes.map(formatShape).join(", ")}`,
    );
  }
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
  if (step === 0) throw new IndexOutOfRangeError("index", "slice step cannot be zero");
  if (step < 1) throw new IndexOutOfRangeError("index", "step must be greater than zero", `got ${step}`, "Use flip().");
  const clip = (place: number): number => Math.min(size, Math.max(0, place < 0 ? place + size : place));
  const start = clip(from ?? 0);
  const end = Math.max(start, clip(to ?? size));
  if (step === 1) return narrow(x, dim, start, end - start);
  const places = Array.from({ length: Math.ceil((end - start) / step) }, (_, i) => start + i * step);
  return copyOfView("index", indexSelect(x, dim, indexTensor(places, x)), x);
}
