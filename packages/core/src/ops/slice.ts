import type { Shape } from "../base/shape.ts";
import { defineOp, kernel, type Op } from "../graph/op.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { expand } from "./broadcast.ts";
import { constant } from "./constant.ts";

// `slice` and `pad` are each other's derivative; the other parts of a tensor are made of them.

interface SliceAttrs {
  readonly begin: readonly number[];
  readonly size: readonly number[];
}

export const sliceOp: Op<SliceAttrs> = defineOp<SliceAttrs>("slice", {
  forward([x], { begin, size }) {
    const input = x as Tensor;
    return kernel("slice", { x: input }, { begin, size }, size, input.dtype);
  },
  backward(grad, { shapes, attrs: { begin, size } }) {
    const shape = shapes[0] as Shape;
    const paddings = shape.map((length, i): Padding => {
      const before = begin[i] as number;
      return [before, length - before - (size[i] as number)];
    });
    return [padOp([grad], { paddings, value: 0 })];
  },
});

export type Padding = readonly [before: number, after: number];

interface PadAttrs {
  readonly paddings: readonly Padding[];
  readonly value: number;
}

export const padOp: Op<PadAttrs> = defineOp<PadAttrs>("pad", {
  forward([x], { paddings, value }) {
    const input = x as Tensor;
    const shape = input.shape.map((size, i) => size + (paddings[i]?.[0] ?? 0) + (paddings[i]?.[1] ?? 0));
    if (input.numel() === 0) return expand(constant(input.device, value, input.dtype), shape);
    return kernel("pad", { x: input }, { padding: paddings, value }, shape, input.dtype);
  },
  backward: (grad, { shapes, attrs: { paddings } }) => [
    sliceOp([grad], { begin: paddings.map(([before]) => before), size: shapes[0] as Shape }),
  ],
});
