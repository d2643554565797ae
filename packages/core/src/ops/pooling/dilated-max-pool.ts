import { made } from "../../temporaries.ts";
import { hostTensor, type Tensor } from "../../tensor.ts";
import { add, mul } from "../arithmetic.ts";
import { reshape } from "../broadcast.ts";
import { gather } from "../indexing.ts";
import { transpose } from "../movement.ts";
import { maxDim } from "../reduction.ts";
import { unfoldLast } from "./unfold.ts";
import { positionsOf, type WindowPair, type Windows } from "./windows.ts";

/**
 * The largest of each window whose elements lie apart, and where it stands: first along the width, then along the height, so that
 * among equals the first row, and in it the first column, is taken. Made of other ops: backends' kernels know no dilation.
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

function largest(x: Tensor, windows: Windows) {
  return maxDim(unfoldLast(x, positionsOf(windows), windows.kernel, Number.NEGATIVE_INFINITY), -1);
}

/** Positions in the last dimension of what stands at `indices` of each window. */
function placed(indices: Tensor, { stride, padding, dilation, count }: Windows): Tensor {
  const data = Int32Array.from({ length: count }, (_, window) => window * stride - padding);
  const begins = hostTensor(
    "begins",
    { data, offset: 0, length: count, steps: null },
    [count],
    "int32",
    indices.device,
  );
  return add(mul(indices, dilation), made(begins, [indices]));
}
