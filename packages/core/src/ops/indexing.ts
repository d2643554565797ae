import { DTypeError, IndexOutOfRangeError, ShapeError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { broadcastShapes, formatShape, normalizeDim, numel, stridesOf } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { onOneDevice } from "../graph/op.ts";
import { made } from "../scope/temporaries.ts";
import { partsOf } from "../storage/host-elements.ts";
import { checkTensor } from "../tensor/arguments.ts";
import { hostTensor, type Tensor } from "../tensor/tensor.ts";
import { expand, reshape } from "./broadcast.ts";
import { checkIndex, indexTensor, longTensor, peek } from "./index-tensor.ts";
import { gatherOp, take } from "./picking.ts";
import { flatten, permute } from "./reordering.ts";
import { unbind } from "./slicing.ts";

/**
 * The slices of dimension `dim` that `index`, a vector, names. Keeps the dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.index_select.html
 * @example indexSelect(tensor([[1, 2], [3, 4]]), 0, tensor([1, 1], { dtype: "int64" })) // tensor([[3., 4.], [3., 4.]])
 */
export function indexSelect(x: Tensor, dim: number, index: Tensor): Tensor {
  if (arguments.length > 3) throw surplusArguments("indexSelect(x, dim, index)", arguments.length);
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
 * `out[i][j] = x[index[i][j]][j]` for `dim` 0, and so on: one element picked along `dim` for each element of `index`. Keeps the dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.gather.html
 * @example gather(tensor([[1, 2], [3, 4]]), 1, tensor([[0], [1]], { dtype: "int64" })) // tensor([[1.], [4.]])
 */
export function gather(x: Tensor, dim: number, index: Tensor): Tensor {
  if (arguments.length > 3) throw surplusArguments("gather(x, dim, index)", arguments.length);
  checkTensor("gather", x);
  checkTensor("gather", index, "index", 3);
  onOneDevice("gather", [x, index]);
  const at = normalizeDim("gather", dim, x.ndim);
  // A number counts as a vector of one.
  if (x.ndim === 0 && index.ndim < 2) {
    return reshape(gather(reshape(x, [1]), 0, reshape(index, [index.numel()])), index.shape);
  }
  if (x.ndim === 1 && index.ndim === 0) return reshape(gather(x, 0, reshape(index, [1])), []);
  // Nothing picks nothing, of whatever shape.
  if (index.numel() === 0 && index.ndim !== x.ndim) {
    const none = checkIndex("gather", index, 0, () => "");
    return reshape(take(flatten(x), reshape(none, [0])), index.shape);
  }
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

/**
 * The elements where `mask` holds, as a vector. Shapes broadcast. Reads the mask.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.masked_select.html
 * @example maskedSelect(tensor([1, 2, 3]), tensor([true, false, true])) // tensor([1., 3.])
 */
export function maskedSelect(x: Tensor, mask: Tensor): Tensor {
  if (arguments.length > 2) throw surplusArguments("maskedSelect(x, mask)", arguments.length);
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
  const held = full.toTypedArraySync();
  const positions: number[] = [];
  held.forEach((value, i) => {
    if (value !== 0) positions.push(i);
  });
  return take(flatten(expand(x, shape)), indexTensor(positions, x));
}

/**
 * The positions of the elements that are not zero, one row of coordinates each (`int64`); with `asTuple`, a vector for each dimension, as
 * `index` takes them: `x.index(...nonzero(x, { asTuple: true }))`. Reads the tensor.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nonzero.html
 * @example nonzero(tensor([0, 3, 4])) // tensor([[1], [2]])
 */
export function nonzero(x: Tensor, options: { readonly asTuple: true }): Tensor[];
export function nonzero(x: Tensor, options?: { readonly asTuple?: false }): Tensor;
export function nonzero(x: Tensor, options: { readonly asTuple?: boolean } = {}): Tensor | Tensor[] {
  if (arguments.length > 2) throw surplusArguments("nonzero(x, options?)", arguments.length);
  checkTensor("nonzero", x);
  checkOptions("nonzero", options, ["asTuple"]);
  if (options.asTuple !== true) return coordinates(x);
  // A number counts as a vector of one.
  return unbind(coordinates(x.ndim === 0 ? reshape(x, [1]) : x), 1);
}

function coordinates(x: Tensor): Tensor {
  const strides = stridesOf(x.shape);
  const rows: number[] = [];
  let count = 0;
  x.toTypedArraySync().forEach((value, flat) => {
    if (value === 0) return;
    count++;
    let rest = flat;
    for (const stride of strides) {
      rows.push(Math.floor(rest / stride));
      rest %= stride;
    }
  });
  return reshape(longTensor(rows, x), [count, x.ndim]);
}
