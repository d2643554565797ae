import { DTYPES, isFloat } from "../../base/dtype.ts";
import { made } from "../../scope/temporaries.ts";
import { hostTensor, type Tensor } from "../../tensor/tensor.ts";
import { add, maximum, mul } from "../arithmetic.ts";
import { reshape } from "../broadcast.ts";
import { max } from "../extremes.ts";
import { gather } from "../indexing.ts";
import { transpose } from "../reordering.ts";
import { unfoldLast } from "./unfold.ts";
import { positionsOf, type WindowPair, type Windows } from "./windows.ts";

/**
 * The largest of each window of whole numbers, or of one whose elements lie apart, and where it stands: first along the width, then along the height, so that
 * among equals the first row, and in it the first column, is taken. Made of other ops: backends' kernels know
 * no dilation, and floats only.
 * Shapes: x `[N, C, H, W]`, both results `[N * C, H', W']`.
 */
export function dilatedMaxPool(x: Tensor, [rows, columns]: WindowPair): readonly [Tensor, places: () => Tensor] {
  const planes = reshape(x, [-1, rows.size, columns.size]);
  const inRow = largest(planes, columns); // [planes, H, W']
  const inPlane = largest(transpose(inRow.values, 1, 2), rows); // [planes, W', H']
  const places = (): Tensor => {
    const column = transpose(placed(inRow.indices, columns), 1, 2); // [planes, W', H]
    const row = placed(inPlane.indices, rows);
    return transpose(add(mul(row, columns.size), gather(column, 2, row)), 1, 2);
  };
  return [transpose(inPlane.values, 1, 2), places];
}

/** Smaller than every element, where `int64` has 32 bits too. */
function least({ dtype, device }: Tensor): number {
  if (isFloat(dtype)) return Number.NEGATIVE_INFINITY;
  const [narrowest, most] = DTYPES.int32.range;
  const hasWide = (device.largestInteger ?? most) > most;
  return hasWide ? DTYPES[dtype].range[0] : Math.max(DTYPES[dtype].range[0], narrowest);
}

function largest(x: Tensor, windows: Windows) {
  return max(unfoldLast(x, positionsOf(windows), windows.kernel, least(x)), -1);
}

/** Positions in the last dimension of what stands at `indices` of each window; the first in it, where it is no larger than the padding. */
function placed(indices: Tensor, { stride, padding, dilation, count }: Windows): Tensor {
  const begins = Int32Array.from({ length: count }, (_, window) => window * stride - padding);
  const inside = begins.map((begin) => (begin < 0 ? begin + Math.ceil(-begin / dilation) * dilation : begin));
  return maximum(add(mul(indices, dilation), perWindow(begins, indices)), perWindow(inside, indices));
}

function perWindow(data: Int32Array, like: Tensor): Tensor {
  const elements = { data: Float64Array.from(data), offset: 0, length: data.length, steps: null };
  return made(hostTensor("positions", elements, [data.length], "int64", like.device), [like]);
}
