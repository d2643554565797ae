import { isGradEnabled, withGradMode } from "./autograd/grad-mode.ts";
import { type GradientHook, type GraphNode, nextNodeId } from "./autograd/graph.ts";
import type { Attributes, Device, Operand, Operands, TensorSpec } from "./device.ts";
import type { DType } from "./dtype.ts";
import { AutogradError, DeviceError } from "./errors.ts";
import { adopt } from "./scope.ts";
import type { Shape } from "./shape.ts";
import { deviceTensor, hostTensor, Tensor } from "./tensor.ts";

/** What an op's derivative may look at: what was saved when the op ran. */
export interface Saved<A> {
  readonly attrs: A;
  /** Which inputs want a gradient. */
  readonly needs: readonly boolean[];
  readonly shapes: readonly Shape[];
  readonly dtypes: readonly DType[];
  readonly devices: readonly Device[];
  /** The input as it was; an error when it has been changed in place since, or freed by an earlier backward. */
  input(index: number): Tensor;
  readonly output: Tensor;
}

/** The value of an op and its derivative, side by side. */
export interface OpDefinition<A> {
  /** Computes the result, from kernels or from other ops; shape errors come from here, before any kernel runs. */
  forward(inputs: readonly Tensor[], attrs: A): Tensor;
  /** The gradients of the inputs from that of the output, made of differentiable ops; absent for what has none. */
  backward?(grad: Tensor, saved: Saved<A>): readonly (Tensor | null)[];
  /** Inputs that are a zero-dimensional cpu tensor are moved to the others' device. Default: true. */
  readonly mixesScalars?: boolean;
}

export type Op<A> = (inputs: readonly Tensor[], attrs: A) => Tensor;

const registry = new Map<string, Op<never>>();

/** The ops that have been defined, by name: what the laws walk. */
export function opNames(): string[] {
  return [...registry.keys()].sort();
}

/**
 * Tensors that are being made on the way to a result: each op and each `backward` frees its own when it is done. A
 * stack of lists, empty when ops are not running.
 */
let frame: Tensor[] | null = null;

/** Runs `fn` and frees the tensors it made, but for its `results`, which join the scope of `inputs`. */
export function freeingTemporaries<R>(
  fn: () => R,
  results: (value: R) => Iterable<Tensor>,
  inputs: readonly Tensor[] = [],
): R {
  const outer = frame;
  const mine: Tensor[] = [];
  frame = mine;
  let value: R;
  try {
    value = fn();
  } catch (error) {
    frame = outer;
    for (const tensor of mine) tensor.dispose();
    throw error;
  }
  frame = outer;
  const kept = new Set(results(value));
  for (const tensor of mine) {
    if (!kept.has(tensor)) tensor.dispose();
    else made(tensor, inputs);
  }
  return value;
}

/** Hands a tensor that was just made to the op that is running, or else to its scope. */
export function made(tensor: Tensor, inputs: readonly Tensor[] = []): Tensor {
  if (frame !== null) frame.push(tensor);
  else adopt(tensor, inputs);
  return tensor;
}

/** The same elements as another tensor's, in a storage of its own: a copy that costs nothing until one of them changes. */
export function forked(x: Tensor, shape: Shape = x.shape): Tensor {
  return made(new Tensor("clone", shape, x.dtype, x.device, x.storage.fork()), [x]);
}

/** Runs one kernel on the device of its inputs; several results are one call. */
export function kernels(
  name: string,
  inputs: Readonly<Record<string, Tensor>> | readonly Tensor[],
  attrs: Attributes,
  outs: readonly TensorSpec[],
): Tensor[] {
  let device: Device;
  let handles: Operands;
  if (isList(inputs)) {
    device = (inputs[0] as Tensor).device;
    handles = inputs.map((tensor) => tensor.operand());
  } else {
    const named: Record<string, Operand> = {};
    let first: Device | undefined;
    for (const key in inputs) {
      const tensor = inputs[key] as Tensor;
      first ??= tensor.device;
      named[key] = tensor.operand();
    }
    device = first as Device;
    handles = named;
  }
  const results = device.run(name, handles, attrs, outs);
  return results.map((handle, i) => made(deviceTensor(name, handle, outs[i] as TensorSpec, device)));
}

/** Runs one kernel with one result. */
export function kernel(
  name: string,
  inputs: Readonly<Record<string, Tensor>> | readonly Tensor[],
  attrs: Attributes,
  shape: Shape,
  dtype: DType,
): Tensor {
  return kernels(name, inputs, attrs, [{ shape, dtype }])[0] as Tensor;
}

function isList(inputs: Readonly<Record<string, Tensor>> | readonly Tensor[]): inputs is readonly Tensor[] {
  return Array.isArray(inputs);
}

/**
 * Defines an op and enters it in the list that the laws walk. The function that comes back checks that its inputs are
 * alive and on one device, runs `forward` without recording, frees what that made on the way, and records the op
 * where an input needs a gradient.
 */
export function defineOp<A = undefined>(name: string, definition: OpDefinition<A>): Op<A> {
  const { forward, backward } = definition;
  const gradName = `${name[0]?.toUpperCase()}${name.slice(1)}Backward0`;
  const op: Op<A> = (inputs, attrs) => {
    const ready = onOneDevice(name, inputs);
    const recording = backward !== undefined && isGradEnabled() && ready.some((input) => input.requiresGrad);
    const outer = frame;
    const mine: Tensor[] = [];
    frame = mine;
    let out: Tensor;
    try {
      out = recording ? withGradMode(false, () => forward(ready, attrs)) : forward(ready, attrs);
    } catch (error) {
      frame = outer;
      for (const tensor of mine) tensor.dispose();
      throw error;
    }
    frame = outer;
    for (const tensor of mine) if (tensor !== out) tensor.dispose();
    // An op may hand back an input where there is nothing to do: the result is a tensor of its own all the same.
    if (inputs.includes(out) || ready.includes(out)) out = out.alias(name);
    out.op = name;
    out.viewCopy = null;
    made(out, inputs);
    if (recording) out.gradFn = new OpNode(gradName, ready, attrs, out, backward);
    return out;
  };
  registry.set(name, op as Op<never>);
  return op;
}

/** A recorded op. */
class OpNode<A> implements GraphNode<Tensor> {
  readonly id: number;
  readonly name: string;
  readonly next: readonly (GraphNode<Tensor> | null)[];
  readonly hooks: GradientHook<Tensor>[] = [];
  readonly #backward: NonNullable<OpDefinition<A>["backward"]>;
  readonly #saved: SavedTensors<A>;

  constructor(
    name: string,
    inputs: readonly Tensor[],
    attrs: A,
    output: Tensor,
    backward: NonNullable<OpDefinition<A>["backward"]>,
  ) {
    this.name = name;
    this.next = inputs.map((input) => edgeOf(input));
    // After the edges: a leaf's node may just have been made, and edges lead to smaller numbers.
    this.id = nextNodeId();
    this.#backward = backward;
    this.#saved = new SavedTensors(name, inputs, attrs, output);
  }

  apply(grad: Tensor): readonly (Tensor | null)[] {
    return this.#backward(grad, this.#saved);
  }

  release(): void {
    this.#saved.release();
  }

  /** The output is now what an in-place op left in `tensor`. */
  moveOutput(tensor: Tensor): void {
    this.#saved.moveOutput(tensor);
  }
}

/** Where the gradient of a tensor goes: to the op that made it, or into `grad`. */
export function edgeOf(tensor: Tensor): GraphNode<Tensor> | null {
  refreshView(tensor);
  if (tensor.gradFn !== null) return tensor.gradFn;
  return tensor.requiresGrad ? tensor.leafNode() : null;
}

/** Set by ops/movement.ts, which knows how to view: gives a view whose base was changed in place its graph anew. */
export const viewGraph: { refresh?: (view: Tensor) => void } = {};

function refreshView(tensor: Tensor): void {
  const { base } = tensor;
  if (base !== null && base.version !== tensor.storage.version) viewGraph.refresh?.(tensor);
}

class SavedTensors<A> implements Saved<A> {
  readonly attrs: A;
  readonly needs: readonly boolean[];
  readonly shapes: readonly Shape[];
  readonly dtypes: readonly DType[];
  readonly devices: readonly Device[];
  readonly #name: string;
  #inputs: readonly Tensor[] | null;
  readonly #versions: readonly number[];
  #output: Tensor | null;
  #outputVersion: number;

  constructor(name: string, inputs: readonly Tensor[], attrs: A, output: Tensor) {
    this.#name = name;
    this.attrs = attrs;
    this.needs = inputs.map((input) => input.requiresGrad);
    this.shapes = inputs.map((input) => input.shape);
    this.dtypes = inputs.map((input) => input.dtype);
    this.devices = inputs.map((input) => input.device);
    this.#inputs = inputs;
    this.#versions = inputs.map((input) => input.storage.version);
    this.#output = output;
    this.#outputVersion = output.storage.version;
  }

  input(index: number): Tensor {
    return this.#unpack(this.#inputs?.[index], this.#versions[index] as number);
  }

  get output(): Tensor {
    return this.#unpack(this.#output, this.#outputVersion);
  }

  moveOutput(tensor: Tensor): void {
    this.#output = tensor;
    this.#outputVersion = tensor.storage.version;
  }

  release(): void {
    this.#inputs = null;
    this.#output = null;
  }

  #unpack(tensor: Tensor | null | undefined, version: number): Tensor {
    if (tensor === null || tensor === undefined) {
      throw new AutogradError(
        "backward",
        "Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward.",
        "",
        "Here: backward({ retainGraph: true }) the first time, or run the forward pass again.",
      );
    }
    if (!tensor.freed && tensor.storage.version !== version) {
      throw new AutogradError(
        "backward",
        `one of the variables needed for gradient computation has been modified by an inplace operation: [torch.FloatTensor [${tensor.shape.join(", ")}]], which is output 0 of ${tensor.gradFn?.name ?? "a leaf"}, is at version ${tensor.storage.version}; expected version ${version} instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True).`,
        `${this.#name} had saved it`,
        "Use the op without the trailing underscore, or change a clone().",
      );
    }
    return tensor;
  }
}

/** @internal Moves the recorded result of an in-place op from the temporary it was computed in to the tensor it was for. */
export function moveGraph(from: Tensor, to: Tensor): void {
  const node = from.gradFn;
  to.gradFn = node;
  if (node instanceof OpNode) node.moveOutput(to);
}

/**
 * The inputs, all alive and on one device. A zero-dimensional cpu tensor mixes freely with tensors of another device.
 */
function onOneDevice(op: string, inputs: readonly Tensor[]): readonly Tensor[] {
  let device: Device | undefined;
  let mixed = false;
  for (const input of inputs) {
    input.check(op);
    if (device === undefined) device = input.device;
    else if (input.device !== device) mixed = true;
  }
  if (!mixed) return inputs;
  const isScalar = (t: Tensor): boolean => t.shape.length === 0 && t.device.name === "cpu";
  const others = inputs.filter((input) => !isScalar(input));
  const target = others[0]?.device ?? (inputs.find((input) => input.device.name !== "cpu") as Tensor).device;
  const stray = others.find((input) => input.device !== target);
  if (stray !== undefined) {
    throw new DeviceError(
      op,
      `Expected all tensors to be on the same device, but found at least two devices, ${target.name} and ${stray.device.name}!`,
      "",
      "Move one of them: t.to(device), net.to(device); inputs and labels of every batch too.",
    );
  }
  return inputs.map((input) => (input.device === target ? input : scalarOn(input, target)));
}

/** A cpu scalar on another device, with its graph. */
function scalarOn(scalar: Tensor, device: Device): Tensor {
  return transfer([scalar], device);
}

/** Copies a tensor to another device; its gradient travels back. */
export const transfer: Op<Device> = defineOp<Device>("toDevice", {
  forward: ([x], device) => upload(x as Tensor, device),
  backward: (grad, { devices: [device] }) => [moveTo(grad, device as Device)],
});

function upload(x: Tensor, device: Device): Tensor {
  // Bytes with pending steps move as bytes, and keep a host copy: labels are checked without reading a device.
  const host = x.hostElements();
  if (host !== null) {
    const { steps } = host;
    const copy = hostTensor("to", host, x.shape, x.dtype, device);
    if (device.name === "cpu") return copy;
    copy.operand();
    if (steps !== null || x.dtype === "float32") copy.storage.host = null;
    return copy;
  }
  if (x.device.downloadSync === undefined) {
    throw new DeviceError(
      "to",
      `the ${x.device.name} device cannot be read without waiting`,
      `the target is ${device.name}`,
      "Read it first: (await t.cpu()).to(device).",
    );
  }
  const data = x.device.downloadSync(x.operand().handle);
  const elements = { data, offset: 0, length: data.length, steps: null };
  const moved = hostTensor("to", elements, x.shape, x.dtype, device);
  if (device.name !== "cpu") {
    moved.operand();
    moved.storage.host = null;
  }
  return moved;
}

/** The tensor on `device`; itself when it is there. */
export function moveTo(x: Tensor, device: Device): Tensor {
  return x.device === device ? x : transfer([x], device);
}
