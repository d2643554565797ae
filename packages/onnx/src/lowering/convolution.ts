import type { Shape } from "@kindling/core";
import type { AttributesOf, TensorSpec } from "@kindling/core/device";
import { numel, sameShape } from "@kindling/core/extend";
import type { GraphBuilder, Value } from "../graph-builder.ts";
import { type Lowering, type Lowerings, single } from "./lowering.ts";
import { slice } from "./movement.ts";

type Walk = AttributesOf<"conv2d">;

/** ONNX's attributes. */
function attributes(
  { stride, padding, dilation, groups }: Walk,
  kernel: Shape,
): Readonly<Record<string, number | readonly number[]>> {
  return {
    kernel_shape: [...kernel],
    ...(stride.some((step) => step !== 1) && { strides: [...stride] }),
    ...(padding.some((size) => size !== 0) && { pads: [...padding, ...padding] }),
    ...(dilation.some((step) => step !== 1) && { dilations: [...dilation] }),
    ...(groups !== 1 && { group: groups }),
  };
}

const forward: Lowering<"conv2d"> = single((graph, { x, weight }, walk) =>
  graph.node("Conv", [x, weight], attributes(walk, weight.shape.slice(2))),
);

/** The image's gradient is a transposed convolution, of which the padding is cut off; what the kernel never reached stays 0. */
const inputGradient: Lowering<"conv2dInput"> = single((graph, { grad, weight }, walk, out) => {
  const kernel = weight.shape.slice(2);
  const beyond = ([0, 1] as const).map((dim) => {
    const reach = walk.dilation[dim] * ((kernel[dim] as number) - 1) + 1;
    const whole = ((grad.shape[dim + 2] as number) - 1) * walk.stride[dim] + reach;
    return whole - walk.padding[dim] - (out.shape[dim + 2] as number);
  });
  const pads = [...walk.padding, ...beyond.map((rows) => Math.max(0, rows))];
  const found = graph.node("ConvTranspose", [grad, weight], {
    ...attributes({ ...walk, padding: [0, 0] }, kernel),
    ...(pads.some((size) => size !== 0) && { pads }),
  });
  if (beyond.every((rows) => rows >= 0)) return found;
  const zeros = [0, 0, 0, 0, 0, 0, ...beyond.map((rows) => Math.max(0, -rows))];
  return graph.node("Pad", [found, graph.whole(zeros), graph.scalar(0, "float32")]);
});

/**
 * The weight's gradient is a convolution over the images: channels and images change places, the result's gradient is the kernel, and strides
 * and dilations change places too.
 */
function weightGradientByConvolution(graph: GraphBuilder, x: Value, dy: Value, walk: Walk, out: TensorSpec): string {
  const { groups, stride, dilation, padding } = walk;
  const [n, channels, height, width] = x.shape as readonly [number, number, number, number];
  const [, perGroup, ...kernel] = out.shape as readonly [number, number, number, number];
  const apart = graph.as(x, [n, groups, channels / groups, height, width]);
  const swapped = graph.node("Transpose", [apart], { perm: [2, 1, 0, 3, 4] });
  const image = graph.node("Reshape", [swapped, graph.whole([perGroup, groups * n, height, width])]);
  const filter = graph.node("Transpose", [dy], { perm: [1, 0, 2, 3] });
  const turned: Walk = { stride: dilation, dilation: stride, padding, groups };
  const found = graph.node("Conv", [image, filter], attributes(turned, dy.shape.slice(2)));
  // Rows and columns that no stride reached count for nothing.
  const fitting = slice(graph, found, [0, 0], kernel, [2, 3]);
  return graph.node("Transpose", [fitting], { perm: [1, 0, 2, 3] });
}

/**
 * The weight's gradient as products, one for each point of the kernel: of the result's gradient with what stood under that point, image by
 * image. Nothing is transposed; ONNX Runtime's convolution has only as many columns in its product as the kernel has points.
 */
function weightGradientByProducts(graph: GraphBuilder, x: Value, dy: Value, walk: Walk, out: TensorSpec): string {
  const { groups, stride, dilation, padding } = walk;
  const [n, channels] = x.shape as readonly [number, number, number, number];
  const [outputs, perGroup, height, width] = out.shape as readonly [number, number, number, number];
  const places = dy.shape.slice(2) as [number, number];
  const count = places[0] * places[1];
  const isPadded = padding.some((size) => size !== 0);
  const around = [0, 0, ...padding, 0, 0, ...padding];
  const image = isPadded ? graph.node("Pad", [x, graph.whole(around), graph.scalar(0, "float32")]) : x;
  const grad = graph.as(dy, [n * groups, outputs / groups, count]);
  const ends = ([0, 1] as const).map((dim) => (places[dim] - 1) * stride[dim] + 1) as [number, number];
  const taps: string[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [top, left] = [row * dilation[0], column * dilation[1]];
      const under = graph.node("Slice", [
        image,
        graph.whole([top, left]),
        graph.whole([top + ends[0], left + ends[1]]),
        graph.whole([2, 3]),
        graph.whole(stride),
      ]);
      const met = graph.node("Reshape", [under, graph.whole([n * groups, channels / groups, count])]);
      const products = graph.node("FusedMatMul", [grad, met], { transB: 1 }, "com.microsoft");
      const apart = graph.node("Reshape", [products, graph.whole([n, outputs, perGroup, 1])]);
      taps.push(graph.node("ReduceSum", [apart, graph.whole([0])], { keepdims: 0 }));
    }
  }
  const all = taps.length === 1 ? (taps[0] as string) : graph.node("Concat", taps, { axis: 2 });
  return graph.node("Reshape", [all, graph.whole(out.shape)]);
}

/** So many channels make products worth it, and so many points of the kernel are too many of them. */
const ENOUGH_CHANNELS = 8;
const MANY_POINTS = 49;

const weightGradient: Lowering<"conv2dWeight"> = single((graph, { x, grad }, walk, out) => {
  const [, perGroup, height, width] = out.shape as readonly [number, number, number, number];
  const lower =
    perGroup >= ENOUGH_CHANNELS && height * width <= MANY_POINTS && !graph.plain
      ? weightGradientByProducts
      : weightGradientByConvolution;
  return lower(graph, x, grad, walk, out);
});

/**
 * `a + b` where `a` is a convolution that nobody else reads and `b` one number a channel: the convolution adds it itself. Null where that is
 * not so.
 */
export function withBias(graph: GraphBuilder, a: Value, b: Value): string | null {
  const channels = b.shape.at(-3);
  const isOneEach = b.shape.length >= 3 && numel(b.shape) === channels && channels === a.shape[1];
  if (a.isSole !== true || !isOneEach || b.stored === undefined || !sameShape(b.stored, [channels as number]))
    return null;
  const convolution = graph.makerOf(a.name);
  if (convolution?.opType !== "Conv" || convolution.inputs.length !== 2) return null;
  if (!sameShape(a.stored ?? a.shape, a.shape) || graph.makerOf(b.name) !== undefined) return null;
  return graph.extend(convolution, b.name) ? a.name : null;
}

export const convolution = {
  conv2d: forward,
  conv2dInput: inputGradient,
  conv2dWeight: weightGradient,
} satisfies Partial<Lowerings>;
