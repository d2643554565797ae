import type { Shape } from "@kindling/core";
import type { AttributesOf, TensorSpec } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { GraphBuilder, Value } from "../graph-builder.ts";
import type { NodeAttributes, ValueModel } from "../model/model.ts";
import { cast, choose } from "./conversion.ts";
import { type Lowering, type Lowerings, single } from "./lowering.ts";

type Windows = AttributesOf<"maxPool2d">;

/** The largest of each window of an image; where they stand in the image, as one row of numbers, is computed where that is asked for. */
interface Pool {
  readonly values: string;
  places(): string;
}

const pools = new WeakMap<GraphBuilder, Map<string, Pool>>();

/** The pooling of `x`, built once: its gradient finds what the forward pass has. */
function poolOf(graph: GraphBuilder, x: Value, attrs: Windows, shape: Shape): Pool {
  const known = pools.get(graph) ?? new Map<string, Pool>();
  pools.set(graph, known);
  const input = graph.read(x);
  const attributes = attributesOf(attrs);
  const key = `${input} ${JSON.stringify(attributes)}`;
  let pool = known.get(key);
  if (pool === undefined) {
    pool = graph.plain
      ? plainPool(graph, input, attributes)
      : buildPool(graph, input, attributes, { shape, dtype: x.dtype });
    known.set(key, pool);
  }
  return pool;
}

function attributesOf({ kernelSize, stride, padding }: Windows): NodeAttributes {
  const [[top, bottom], [left, right]] = padding;
  const pads = [top, left, bottom, right];
  return {
    kernel_shape: [...kernelSize],
    strides: [...stride],
    ...(pads.some((size) => size !== 0) && { pads }),
  };
}

function plainPool(graph: GraphBuilder, x: string, attributes: NodeAttributes): Pool {
  return {
    values: graph.node("MaxPool", [x], attributes),
    places: () => graph.several("MaxPool", [x], attributes, 2)[1] as string,
  };
}

/**
 * ONNX Runtime passes over NaN, which PyTorch takes for the largest. A sum tells whether there is any, and the rare case is a branch of its
 * own: looking at every element would cost as much as the pooling.
 */
function buildPool(graph: GraphBuilder, x: string, attributes: NodeAttributes, { shape, dtype }: TensorSpec): Pool {
  const hasNaN = graph.node("IsNaN", [graph.node("ReduceSum", [x], { keepdims: 0 })]);
  const [rare, usual] = [graph.inner(), graph.inner()];
  const outputs: [ValueModel[], ValueModel[]] = [[], []];
  const branch = (builder: GraphBuilder, at: 0 | 1) => ({
    name: at === 0 ? "with NaN" : "without NaN",
    nodes: builder.nodes,
    initializers: builder.initializers,
    inputs: [],
    outputs: outputs[at],
  });
  const chosen = graph.choice(hasNaN, branch(rare, 0), branch(usual, 1));
  const add = (type: ValueModel["type"], inRare: string, inUsual: string): string => {
    outputs[0].push({ name: inRare, type, shape });
    outputs[1].push({ name: inUsual, type, shape });
    return chosen.output();
  };

  const isBad = rare.node("IsNaN", [x]);
  const limit = (value: number): string => choose(rare, isBad, rare.scalar(value, dtype), x);
  const pooledBadness = (count: number): string[] =>
    rare.several("MaxPool", [cast(rare, isBad, "float32")], attributes, count);
  const windowIsBad = cast(rare, pooledBadness(1)[0] as string, "bool");
  const lowest = limit(Number.NEGATIVE_INFINITY);
  const without = (count: number): string[] => rare.several("MaxPool", [lowest], attributes, count);
  const nan = rare.scalar(Number.NaN, dtype);
  const values = add(
    dtype,
    choose(rare, windowIsBad, nan, without(1)[0] as string),
    usual.node("MaxPool", [x], attributes),
  );
  let places: string | undefined;
  return {
    values,
    places() {
      places ??= add(
        "int64",
        choose(rare, windowIsBad, pooledBadness(2)[1] as string, without(2)[1] as string),
        usual.several("MaxPool", [x], attributes, 2)[1] as string,
      );
      return places;
    },
  };
}

/** Whether no element is in two windows. */
function isApart({ kernelSize, stride, padding }: Windows): boolean {
  return (
    kernelSize.every((length, i) => length <= (stride[i] as number)) && padding.flat().every((amount) => amount === 0)
  );
}

/** Each window's gradient goes to where its largest stands. */
const gradient: Lowering<"maxPool2dBackward"> = single((graph, { grad, x }, attrs, out) => {
  const places = poolOf(graph, x, attrs, grad.shape).places();
  // ONNX Runtime puts back no doubles.
  if (isApart(attrs) && grad.dtype === "float32") {
    const windows = { kernel_shape: [...attrs.kernelSize], strides: [...attrs.stride] };
    return graph.node("MaxUnpool", [grad, places, graph.whole(out.shape)], windows);
  }
  const [total, count] = [numel(out.shape), numel(grad.shape)];
  const empty = graph.node("Expand", [graph.scalar(0, grad.dtype), graph.whole([total])]);
  const at = graph.node("Reshape", [places, graph.whole([count])]);
  const added = graph.node("ScatterElements", [empty, at, graph.as(grad, [count])], { axis: 0, reduction: "add" });
  return graph.node("Reshape", [added, graph.whole(out.shape)]);
});

export const pooling = {
  maxPool2d: single((graph, { x }, attrs, out) => poolOf(graph, x, attrs, out.shape).values),
  maxPool2dBackward: gradient,
  maxPool2dWithIndices: (graph, { x }, attrs, outs) => {
    const pool = poolOf(graph, x, attrs, (outs[0] as TensorSpec).shape);
    const area = (x.shape[2] as number) * (x.shape[3] as number);
    const inPlane = graph.node("Mod", [pool.places(), graph.wholeScalar(area)]);
    return [pool.values, cast(graph, inPlane, (outs[1] as TensorSpec).dtype)];
  },
} satisfies Partial<Lowerings>;
