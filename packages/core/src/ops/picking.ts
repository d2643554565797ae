import { numel, type Shape, stridesOf } from "../base/shape.ts";
import { defineFused } from "../graph/fused.ts";
import { defineOp, kernel, type Op } from "../graph/op.ts";
import { made } from "../scope/temporaries.ts";
import { hostTensor, type Tensor } from "../tensor/tensor.ts";
import { add, mul } from "./arithmetic.ts";
import { expand, reshape } from "./broadcast.ts";
import { constant } from "./constant.ts";
import { cast } from "./conversion.ts";
import { flatten } from "./reordering.ts";

// `take` and `scatterRows` are each other's derivative, and so are `gather` and `scatterAdd`; every kind of indexing is made of these.

/** Positions as kernels take them. */
const position = (index: Tensor): Tensor => cast(index, "int32");

const takeOp: Op<undefined> = defineOp("take", {
  forward([x, index]) {
    const [rows, at] = [x as Tensor, position(index as Tensor)];
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
    const [values, at] = [updates as Tensor, position(index as Tensor)];
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

/** The kernel of `gather`. */
export const gatherKernel = defineFused("gather", ({ x, index }, { dim }) => [
  take(flatten(x), linearIndex(index, x.shape, dim)),
]);

/** The kernel of its gradient. */
export const scatterAddKernel = defineFused("scatterAdd", ({ updates, index }, { dim }, [{ shape }]) => {
  const at = reshape(linearIndex(index, shape, dim), [-1]);
  return [reshape(scatterRows(flatten(updates), at, [numel(shape)]), shape)];
});

/** One element picked along a dimension for each element of the index. */
export const gatherOp: Op<number> = defineOp<number>("gather", {
  forward([x, index], dim) {
    const [from, at] = [x as Tensor, position(index as Tensor)];
    const [output] = gatherKernel({ x: from, index: at }, { dim }, [{ shape: at.shape, dtype: from.dtype }]);
    return { output, saved: [at] };
  },
  backward(grad, saved) {
    const shape = saved.shapes[0] as Shape;
    // Says whether the index has been changed since.
    saved.input(1);
    return [scatterAddOp([grad, saved.extra(0)], { shape, dim: saved.attrs }), null];
  },
});

/** Zeros of `shape`, and the updates added where {@link gatherOp} would read. */
const scatterAddOp: Op<{ readonly shape: Shape; readonly dim: number }> = defineOp("scatterAdd", {
  forward([updates, index], { shape, dim }) {
    const [values, at] = [updates as Tensor, position(index as Tensor)];
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
