import type { Shape } from "../../base/shape.ts";
import type { AttributesOf } from "../../device/kernels.ts";
import { defineOp, kernel, type Op, runKernel } from "../../graph/op.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { reshape } from "../broadcast.ts";
import { gather } from "../indexing.ts";
import { flatten } from "../reordering.ts";
import { pooledShape, type WindowPair, type Windows } from "./windows.ts";

/** The last window may end beyond the padding. */
function kernelAttrs([rows, columns]: WindowPair): AttributesOf<"maxPool2d"> {
  const sides = ({ size, kernel, stride, padding, count }: Windows): readonly [number, number] => [
    padding,
    Math.max(padding, (count - 1) * stride + kernel - size - padding),
  ];
  return {
    kernelSize: [rows.kernel, columns.kernel],
    stride: [rows.stride, columns.stride],
    padding: [sides(rows), sides(columns)],
  };
}

function shapeOf(x: Shape, [rows, columns]: WindowPair): Shape {
  return pooledShape(x, rows.count, columns.count);
}

/** The largest of each window. Shapes: x `[N, C, H, W]`, y `[N, C, H', W']`. */
export const maxPool: Op<WindowPair> = defineOp<WindowPair>("maxPool2d", {
  forward: ([x], windows) =>
    kernel(
      "maxPool2d",
      { x: x as Tensor },
      kernelAttrs(windows),
      shapeOf((x as Tensor).shape, windows),
      (x as Tensor).dtype,
    ),
  backward: (grad, saved) => [maxPoolGrad([grad, saved.input(0), saved.output], saved.attrs)],
});

/** Each window's gradient goes to where its largest element stands, which does not move with it: linear in the gradient. */
const maxPoolGrad: Op<WindowPair> = defineOp<WindowPair>("maxPool2dGrad", {
  forward([grad, x, y], windows) {
    const inputs = { grad: grad as Tensor, x: x as Tensor, y: y as Tensor };
    return kernel("maxPool2dBackward", inputs, kernelAttrs(windows), inputs.x.shape, inputs.x.dtype);
  },
  backward(grad, saved) {
    const places = maxPoolIndices([saved.input(1)], saved.attrs);
    const picked = gather(flatten(grad, -2), -1, flatten(places, -2));
    return [reshape(picked, saved.shapes[0] as Shape), null, null];
  },
});

/** Where the largest of each window stands in its plane: `row * W + column`, `int64`. */
export const maxPoolIndices: Op<WindowPair> = defineOp<WindowPair>("maxPool2dIndices", {
  forward([x], windows) {
    const shape = shapeOf((x as Tensor).shape, windows);
    const outs = [
      { shape, dtype: (x as Tensor).dtype },
      { shape, dtype: "int64" },
    ] as const;
    return runKernel("maxPool2dWithIndices", { x: x as Tensor }, kernelAttrs(windows), outs)[1] as Tensor;
  },
});
