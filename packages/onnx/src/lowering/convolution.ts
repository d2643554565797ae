import type { Attributes, Shape, TensorSpec } from "@kindling/core";
import type { GraphBuilder, Value } from "../graph-builder.ts";
import { type Lowering, single } from "./lowering.ts";
import { slice } from "./movement.ts";

type Pair = readonly [height: number, width: number];

interface Walk {
  readonly strides: Pair;
  readonly pad: Pair;
  readonly dilations: Pair;
  readonly groups: number;
}

function walkOf({ strides, pad, dilations, groups }: Attributes): Walk {
  const pair = (attribute: unknown): Pair => attribute as Pair;
  return { strides: pair(strides), pad: pair(pad), dilations: pair(dilations), groups: groups as number };
}

/** ONNX's attributes. */
function attributes(
  { strides, pad, dilations, groups }: Walk,
  kernel: Shape,
): Readonly<Record<string, number | readonly number[]>> {
  return {
    kernel_shape: [...kernel],
    ...(strides.some((step) => step !== 1) && { strides: [...strides] }),
    ...(pad.some((size) => size !== 0) && { pads: [...pad, ...pad] }),
    ...(dilations.some((step) => step !== 1) && { dilations: [...dilations] }),
    ...(groups !== 1 && { group: groups }),
  };
}

const forward: Lowering = single((graph, { x, filter }, attrs) =>
  graph.node("Conv", [x as Value, filter as Value], attributes(walkOf(attrs), (filter as Value).shape.slice(2))),
);

/** The image's gradient is a transposed convolution, of which the padding is cut off; what the kernel never reached stays 0. */
const inputGradient: Lowering = single((graph, { dy, filter }, attrs, out) => {
  const [grad, weight] = [dy as Value, filter as Value];
  const walk = walkOf(attrs);
  const kernel = weight.shape.slice(2);
  const beyond = ([0, 1] as const).map((dim) => {
    const reach = walk.dilations[dim] * ((kernel[dim] as number) - 1) + 1;
    const whole = ((grad.shape[dim + 2] as number) - 1) * walk.strides[dim] + reach;
    return whole - walk.pad[dim] - (out.shape[dim + 2] as number);
  });
  const pads = [...walk.pad, ...beyond.map((rows) => Math.max(0, rows))];
  const found = graph.node("ConvTranspose", [grad, weight], {
    ...attributes({ ...walk, pad: [0, 0] }, kernel),
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
  const { groups, strides, dilations, pad } = walk;
  const [n, channels, height, width] = x.shape as readonly [number, number, number, number];
  const [, perGroup, ...kernel] = out.shape as readonly [number, number, number, number];
  const apart = graph.as(x, [n, groups, channels / groups, height, width]);
  const swapped = graph.node("Transpose", [apart], { perm: [2, 1, 0, 3, 4] });
  const image = graph.node("Reshape", [swapped, graph.whole([perGroup, groups * n, height, width])]);
  const filter = graph.node("Transpose", [dy], { perm: [1, 0, 2, 3] });
  const turned: Walk = { strides: dilations, dilations: strides, pad, groups };
  const found = graph.node("Conv", [image, filter], attributes(turned, dy.shape.slice(2)));
  // Rows and columns that no stride reached count for nothing.
  const fitting = slice(graph, found, [0, 0], kernel, [2, 3]);
  return graph.node("Transpose", [fitting], { perm: [1, 0, 2, 3] });
}

const weightGradient: Lowering = single((graph, { x, dy }, attrs, out) =>
  weightGradientByConvolution(graph, x as Value, dy as Value, walkOf(attrs), out),
);

export const convolution: Readonly<Record<string, Lowering>> = {
  Conv2D: forward,
  Conv2DBackpropInput: inputGradient,
  Conv2DBackpropFilter: weightGradient,
};
