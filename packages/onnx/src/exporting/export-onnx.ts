import {
  ArgumentTypeError,
  type DType,
  type FileBytes,
  isTensor,
  type Shape,
  type Tensor,
  ValueError,
} from "@kindling/core";
import { checkOptions, describeValue, surplusArguments } from "@kindling/core/extend";
import type { GraphBuilder } from "../graph-builder.ts";
import { encode } from "../model/encode.ts";
import type { Size, ValueModel } from "../model/model.ts";
import { type Elements, type Exportable, type Trace, trace } from "../tracing/trace.ts";
import { boundaryNames } from "./boundary-names.ts";
import { buildGraph } from "./build-graph.ts";
import { checkBatch } from "./check-batches.ts";
import { BATCHES, forAnyBatch } from "./dynamic-batch.ts";

export interface ExportOptions {
  /** The names of the inputs. Default: `input`, or `input0`, `input1`, ... */
  readonly inputNames?: readonly string[];
  /** The names of the results. Default: `output`, or `output0`, `output1`, ... */
  readonly outputNames?: readonly string[];
  /** Whether the first size of inputs and results is a name, `batch`, and may be anything. Default: true. */
  readonly dynamicBatch?: boolean;
  /** Texts that the file carries along. */
  readonly metadata?: Readonly<Record<string, string>>;
}

interface Spec {
  readonly shape: Shape;
  readonly dtype: DType;
}

const BATCH = "batch";

/**
 * The network as the bytes of an `.onnx` file: what `forward` computes in eval mode. Parameters are in the file under their state-dict names.
 * Of `example` only shape and dtype count.
 *
 * A trace knows one way through `forward`: where it does something else for a batch of 1, or of the example's size, a warning says so.
 * Tensors from elsewhere, in a closure or a plain field, are constants of the file.
 *
 * @example await writeFile("model.onnx", await exportOnnx(net, zeros([1, 784])))
 * @throws ValueError where `forward` depends on the size of the batch, and `dynamicBatch` is not false
 * @see https://pytorch.org/docs/stable/onnx.html
 */
export async function exportOnnx(
  net: Exportable,
  example: Tensor | readonly Tensor[],
  options: ExportOptions = {},
): Promise<FileBytes> {
  if (arguments.length > 3) throw surplusArguments("exportOnnx(net, example, options?)", arguments.length);
  checkOptions("exportOnnx", options, ["inputNames", "outputNames", "dynamicBatch", "metadata"]);
  checkNet(net);
  checkExample(example);
  const inputs: readonly Spec[] = isTensor(example) ? [example] : example;
  const { dynamicBatch = true, metadata } = options;
  const elements = await readState(net);
  const first = trace(net, elements, dynamicBatch ? resized(inputs, BATCHES[0]) : inputs);
  const state = [...net.namedParameters(), ...net.namedBuffers()].map(([name]) => name);
  const names = boundaryNames(first, options, state);
  const build = (traced: Trace): GraphBuilder => buildGraph(traced, names, state);
  const graph = build(first);
  let sizes = first.outputs.map(({ shape }): readonly Size[] => shape);
  if (dynamicBatch) {
    const second = trace(net, elements, resized(inputs, BATCHES[1]));
    const third = (): GraphBuilder => build(trace(net, elements, resized(inputs, BATCHES[2])));
    forAnyBatch(graph, build(second), names.inputs[0] as string, third);
    sizes = first.outputs.map((output, i) => sizesOf(output, second.outputs[i] as Spec, names.outputs[i] as string));
    const general = { trace: first, shapesAt: (batch: number) => shapesAt(batch, first, second) };
    for (const batch of new Set([1, inputs[0]?.shape[0] as number])) {
      if (batch > 0) checkBatch(general, batch, () => trace(net, elements, resized(inputs, batch)));
    }
  }
  const { nodes, initializers, domains } = graph;
  const given = first.inputs.map(({ dtype, shape }, i): ValueModel => {
    const name = names.inputs[i] as string;
    return { name, type: dtype, shape: dynamicBatch ? [BATCH, ...shape.slice(1)] : shape };
  });
  const results = first.outputs.map(({ dtype }, i): ValueModel => {
    return { name: names.outputs[i] as string, type: dtype, shape: sizes[i] as readonly Size[] };
  });
  const model = { name: net.constructor.name, nodes, initializers, inputs: given, outputs: results };
  return encode({ graph: model, domains, ...(metadata !== undefined && { metadata }) });
}

/** Parameters and buffers in ordinary memory, from wherever they are. */
async function readState(net: Exportable): Promise<Elements> {
  const elements = new Map<Tensor, Tensor>();
  for (const [, tensor] of [...net.namedParameters(), ...net.namedBuffers()]) {
    elements.set(tensor, (await tensor.cpu()).detach());
  }
  return elements;
}

function resized(inputs: readonly Spec[], batch: number): Spec[] {
  return inputs.map(({ shape, dtype }) => {
    if (shape.length > 0) return { shape: [batch, ...shape.slice(1)], dtype };
    const wayOut = "Give it a first dimension, or export with { dynamicBatch: false }.";
    throw new ValueError("exportOnnx", "a scalar input has no batch", "", wayOut);
  });
}

/** The shapes of the results for a batch of another size. */
function shapesAt(batch: number, low: Trace, high: Trace): number[][] {
  return low.outputs.map(({ shape }, i) =>
    shape.map((size, dim) => {
      const growth = ((high.outputs[i]?.shape[dim] as number) - size) / (BATCHES[1] - BATCHES[0]);
      return size + growth * (batch - BATCHES[0]);
    }),
  );
}

/** The sizes of a result: the batch by name, and by a name of its own what else depends on it. */
function sizesOf({ shape }: Spec, { shape: other }: Spec, name: string): readonly Size[] {
  return shape.map((size, dim) => {
    if (size === other[dim]) return size;
    return size === BATCHES[0] && other[dim] === BATCHES[1] ? BATCH : `${name}_size${dim}`;
  });
}

/** Refuses what cannot be called, and what has no parameters to be asked for. */
function checkNet(net: unknown): void {
  if (typeof net === "function" && "namedParameters" in net) return;
  throw new ArgumentTypeError(
    "exportOnnx",
    "exportOnnx() takes a Module",
    `got ${net === undefined ? "nothing" : describeValue(net)}`,
    "Write exportOnnx(net, zeros([1, 784])).",
  );
}

/** Refuses what has no shape and dtype: nothing, or sizes in place of a tensor of that size. */
function checkExample(example: unknown): void {
  const all: readonly unknown[] = Array.isArray(example) ? example : [example];
  const wrong = all.find((one) => !isTensor(one));
  if (all.length > 0 && wrong === undefined && example !== undefined) return;
  const got = example === undefined ? "nothing" : describeValue(example);
  throw new ArgumentTypeError(
    "exportOnnx",
    "example must be a tensor, or an array of tensors, as forward takes them",
    `got ${got}`,
    "Write exportOnnx(net, zeros([1, 784])), with the sizes of one input.",
  );
}
