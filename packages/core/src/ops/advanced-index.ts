import { checkConvertible } from "../base/convertible.ts";
import { scalarTypeName } from "../base/dtype.ts";
import { ArgumentTypeError, DTypeError, IndexOutOfRangeError, ShapeError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { broadcastShapes, formatShape, numel, type Shape, stridesOf } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { moveTo, onOneDevice, renameGraph } from "../graph/op.ts";
import { checkNumber, checkTensor, kindOf } from "../tensor/arguments.ts";
import type { Index } from "../tensor/method-arguments.ts";
import { isTensor, type Tensor } from "../tensor/tensor.ts";
import { add, mul } from "./arithmetic.ts";
import { expand, reshape } from "./broadcast.ts";
import { constant } from "./constant.ts";
import { copy_, fill_ } from "./filling.ts";
import { type Picked, takenApart } from "./index-parts.ts";
import { indexSelect } from "./indexing.ts";
import { inPlace } from "./inplace.ts";
import { take } from "./picking.ts";
import { addRows, putRows } from "./put-rows.ts";
import { inverse, permute } from "./reordering.ts";
import { viewInShape } from "./views.ts";

/**
 * Python's `x[...]`: positions, which may count from the end, slices as strings (`":"`, `"1:3"`, `"::2"`), `"..."`, `null` for a new
 * dimension, and tensors or arrays: of positions, which broadcast against each other, or boolean masks. Without tensors and arrays
 * the result is a view.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.index.html
 * @example arange(6).reshape(2, 3).index(":", "1:") // tensor([[1, 2], [4, 5]])
 */
export function index(x: Tensor, ...indices: Index<Tensor>[]): Tensor {
  checkTensor("index", x);
  const { view, picked } = takenApart("index", x, indices);
  if (picked.length > 0) return pick(view, picked);
  return view === x ? (viewInShape(x, x.shape, "alias") as Tensor) : view;
}

/**
 * Python's `x[...] = value`: `indices` are those of `index`, in an array. The value broadcasts. With `accumulate` it is added, once for
 * each time that a position is named; without, of several values for one position the last stays.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.index_put_.html
 * @example zeros([2, 2]).indexPut_([":", 0], 1) // tensor([[1., 0.], [1., 0.]])
 */
export function indexPut_(
  x: Tensor,
  indices: readonly Index<Tensor>[],
  value: Tensor | number | boolean,
  options: { readonly accumulate?: boolean } = {},
): Tensor {
  if (arguments.length > 4) throw surplusArguments("indexPut_(x, indices, value, options?)", arguments.length);
  checkTensor("indexPut_", x);
  checkOptions("indexPut_", options, ["accumulate"]);
  if (!Array.isArray(indices)) {
    throw new ArgumentTypeError(
      "indexPut_",
      `index_put_(): argument 'indices' (position 2) must be tuple of Tensors, not ${kindOf(indices)}`,
      "",
      'Give the indices in one array: x.indexPut_([0, ":"], value).',
    );
  }
  const { accumulate = false } = options;
  const { view, picked } = takenApart("indexPut_", x, indices);
  if (picked.length > 0) {
    const values = isTensor(value) ? value : scalarOf(view, value);
    const compute = (before: Tensor): Tensor => renamed(put(before, picked, values, accumulate));
    inPlace("indexPut_", view, compute, { operands: [values] });
  } else if (!isTensor(value)) {
    if (accumulate) inPlace("indexPut_", view, (before) => add(before, scalarOf(view, value)));
    else fill_(view, scalarOf(view, value));
  } else if (accumulate) {
    inPlace("indexPut_", view, (before) => add(before, withoutOnes(value)));
  } else copy_(view, expand(withoutOnes(value), view.shape));
  return x;
}

/** The result of several ops under the name that PyTorch's one has. */
function renamed(out: Tensor): Tensor {
  renameGraph(out, "IndexPutBackward0");
  return out;
}

function scalarOf(x: Tensor, value: number | boolean): Tensor {
  checkNumber("indexPut_", value, "value", 3);
  checkConvertible("indexPut_", Number(value), x.dtype);
  return constant(x.device, Number(value), x.dtype);
}

/** A value without the dimensions of size 1 in front. */
function withoutOnes(value: Tensor): Tensor {
  const wide = value.shape.findIndex((size) => size !== 1);
  const extra = wide < 0 ? value.ndim : wide;
  return extra === 0 ? value : reshape(value, value.shape.slice(extra));
}

/** How picking along several dimensions goes: they are moved to the front as one, of which the positions are places. */
interface Rows {
  /** The shape that the positions have together. */
  readonly common: Shape;
  /** The places of that shape among the rows. */
  readonly places: Tensor;
  /** The dimensions with the picked ones in front. */
  readonly order: readonly number[];
  readonly rowShape: Shape;
  /** The order in which the result has the dimensions of `common` and those of a row. */
  readonly back: readonly number[];
}

function rowsOf(x: Tensor, picked: readonly Picked[]): Rows {
  const common = commonShape(picked);
  const dims = picked.map(({ dim }) => dim);
  const rest = x.shape.map((_, i) => i).filter((i) => !dims.includes(i));
  const strides = stridesOf(dims.map((dim) => x.shape[dim] as number));
  const places = picked
    .map(({ positions }, i) => {
      const wide = expand(positions, common);
      return strides[i] === 1 ? wide : mul(wide, strides[i] as number);
    })
    .reduce((sum, part) => add(sum, part));
  const first = dims[0] as number;
  // The common shape takes the place of dimensions side by side, and stands in front of others.
  const adjacent = dims.every((dim, i) => dim === first + i);
  const before = adjacent ? rest.filter((dim) => dim < first).length : 0;
  const inRow = (i: number): number => common.length + i;
  return {
    common,
    places,
    order: [...dims, ...rest],
    rowShape: rest.map((dim) => x.shape[dim] as number),
    back: [
      ...Array.from({ length: before }, (_, i) => inRow(i)),
      ...common.map((_, i) => i),
      ...Array.from({ length: rest.length - before }, (_, i) => inRow(before + i)),
    ],
  };
}

/** `x` as rows, one for each place. */
function asRows(x: Tensor, { order, rowShape }: Rows): Tensor {
  const count = order.slice(0, order.length - rowShape.length).map((dim) => x.shape[dim] as number);
  return reshape(inOrder(x, order), [numel(count), ...rowShape]);
}

function inOrder(x: Tensor, order: readonly number[]): Tensor {
  return order.every((dim, i) => dim === i) ? x : permute(x, order);
}

/** Picks along all the dimensions at once: the positions' common shape takes their place, or stands in front. */
function pick(x: Tensor, picked: readonly Picked[]): Tensor {
  const [{ dim, positions }] = picked as [Picked];
  if (picked.length === 1) {
    const flat = indexSelect(x, dim, reshape(positions, [positions.numel()]));
    return reshape(flat, [...x.shape.slice(0, dim), ...positions.shape, ...x.shape.slice(dim + 1)]);
  }
  const rows = rowsOf(x, picked);
  return inOrder(take(asRows(x, rows), rows.places), rows.back);
}

/** `x` with the values where {@link pick} would read, or with them added there. */
function put(x: Tensor, picked: readonly Picked[], values: Tensor, accumulate: boolean): Tensor {
  if (values.dtype !== x.dtype) {
    throw new DTypeError(
      "indexPut_",
      `Index put requires the source and destination dtypes match, got ${scalarTypeName(x.dtype)} for the destination and ${scalarTypeName(values.dtype)} for the source.`,
      "",
      `Convert the value: value.to("${x.dtype}").`,
    );
  }
  onOneDevice("indexPut_", [x, values]);
  const rows = rowsOf(x, picked);
  const { common, places, order, rowShape, back } = rows;
  const inFront = [...common, ...rowShape];
  const shape = back.map((dim) => inFront[dim] as number);
  const moved = values.device === x.device ? values : moveTo(values, x.device);
  // PyTorch trims what is assigned, not what is added.
  const here = accumulate ? moved : withoutOnes(moved);
  const fits =
    here.ndim <= shape.length &&
    here.shape.every((size, i) => size === 1 || size === shape[i + shape.length - here.ndim]);
  if (!fits) {
    throw new ShapeError(
      "indexPut_",
      `shape mismatch: value tensor of shape ${formatShape(here.shape)} cannot be broadcast to indexing result of shape ${formatShape(shape)}`,
    );
  }
  const written = reshape(inOrder(expand(here, shape), inverse(back)), [numel(common), ...rowShape]);
  const whole = asRows(x, rows);
  const at = reshape(places, [numel(common)]);
  const changed = accumulate ? addRows(whole, written, at) : putRows(whole, written, at);
  return inOrder(
    reshape(
      changed,
      order.map((dim) => x.shape[dim] as number),
    ),
    inverse(order),
  );
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
