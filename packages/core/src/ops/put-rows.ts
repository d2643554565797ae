import { defineOp, type Op } from "../graph/op.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { add, mul, sub } from "./arithmetic.ts";
import { expand, reshape } from "./broadcast.ts";
import { eq, gt, where } from "./comparison.ts";
import { constant } from "./constant.ts";
import { cast } from "./conversion.ts";
import { max } from "./extremes.ts";
import { indexTensor, peek } from "./index-tensor.ts";
import { cat } from "./joining.ts";
import { scatterRows, take } from "./picking.ts";

/** `rows` with `values` in the rows that a vector of places names; of values for one place, the last stays. Differentiable. */
export function putRows(rows: Tensor, values: Tensor, places: Tensor): Tensor {
  return putOp([rows, values, places], undefined);
}

/** `rows` with `values` added to the rows that a vector of places names. Differentiable. */
export function addRows(rows: Tensor, values: Tensor, places: Tensor): Tensor {
  // Of booleans the sum is whether one holds.
  if (rows.dtype === "bool") return cast(addRows(cast(rows, "int64"), cast(values, "int64"), places), "bool");
  return add(rows, scatterRows(values, places, rows.shape));
}

const putOp: Op<undefined> = defineOp("putRows", {
  forward([rows, values, places]) {
    const [into, written, at] = [rows as Tensor, values as Tensor, places as Tensor];
    if (written.numel() === 0) return into;
    return take(cat([into, written]), sourcesOf(at, into.shape[0] as number));
  },
  backward(grad, saved) {
    const {
      needs,
      shapes: [, values],
    } = saved;
    const places = saved.input(2);
    const none = expand(constant(grad.device, 0, grad.dtype), values as readonly number[]);
    return [needs[0] ? putRows(grad, none, places) : null, needs[1] ? take(grad, places) : null, null];
  },
});

/** For each of `count` rows, where it comes from: from itself, or `count` further the value that was written last. */
function sourcesOf(places: Tensor, count: number): Tensor {
  const known = peek(places) ?? (places.device.downloadSync === undefined ? undefined : places.toTypedArraySync());
  if (known === undefined) return sourcesOnDevice(places, count);
  const sources = Int32Array.from({ length: count }, (_, row) => row);
  known.forEach((place, i) => {
    sources[place] = count + i;
  });
  return indexTensor(sources, places);
}

/** The same by comparing every row with every place, for a device that cannot be read without waiting. */
function sourcesOnDevice(places: Tensor, count: number): Tensor {
  const rows = indexTensor(Array(count).keys(), places);
  const ranks = indexTensor(
    Array.from({ length: places.numel() }, (_, i) => i + 1),
    places,
  );
  const hits = cast(eq(reshape(places, [-1, 1]), reshape(rows, [1, -1])), "int32");
  const last = max(mul(hits, reshape(ranks, [-1, 1])), 0).values;
  return where(gt(last, 0), add(sub(last, 1), count), rows);
}
