import { allocationError } from "../base/allocating.ts";
import { type DType, isFloat } from "../base/dtype.ts";
import { DeviceError } from "../base/errors.ts";
import { isList } from "../base/is-list.ts";
import type { Shape } from "../base/shape.ts";
import type { Device, Handle, Operand, Operands, TensorSpec } from "../device/device.ts";
import { checkPrecision, checkSupported } from "../device/dtypes.ts";
import type { AttributesOf, EachInput, InputsOf, KernelName } from "../device/kernels.ts";
import { closeFrame, made, openFrame } from "../scope/temporaries.ts";
import { notATensor } from "../tensor/arguments.ts";
import { type GradientHook, type GraphNode, nextNodeId } from "../tensor/graph-node.ts";
import { deviceTensor, hostTensor, isTensor, Tensor } from "../tensor/tensor.ts";
import { isGradEnabled, withGradMode } from "./grad-mode.ts";
import { type Saved, SavedTensors } from "./saved-tensors.ts";

/** A result, and what else its derivative needs of the way to it: statistics, masks. */
export interface ForwardResults {
  readonly output: Tensor;
  readonly saved: readonly Tensor[];
}

/** The value of an op and its derivative, side by side. */
export interface OpDefinition<A> {
  /** Computes the result, from kernels or from other ops; shape errors come from here, before any kernel runs. */
  forward(inputs: readonly Tensor[], attrs: A): Tensor | ForwardResults;
  /** The gradients of the inputs from that of the output, made of differentiable ops; absent for what has none. */
  backward?(grad: Tensor, saved: Saved<A>): readonly (Tensor | null)[];
  /** The name of the recorded node. Default: that of the op, `MulBackward0`. */
  gradName?(attrs: A): string;
  /** Whether the result shares memory with the input: the result of any other op is a tensor of its own. */
  readonly isView?: boolean;
  /** Inputs that are a zero-dimensional cpu tensor are moved to the others' device. Default: true. */
  readonly mixesScalars?: boolean;
}

export type Op<A> = (inputs: readonly Tensor[], attrs: A) => Tensor;

const NOTHING: readonly Tensor[] = [];

/** The ops that have been defined, by name, and whether they have a derivative. */
const registry = new Map<string, boolean>();

/** The ops that have been defined, by name: what the laws walk. */
export function opNames(): string[] {
  return [...registry.keys()].sort();
}

/** @internal Whether an op has a derivative. */
export function isDifferentiable(name: string): boolean {
  return registry.get(name) ?? false;
}

let observer: ((op: string, device: Device) => void) | null = null;

/** Calls `see` with the name of each op that has run, and its device, until the function that it returns is called: laws report what they have tried. */
export function watchOps(see: (op: string, device: Device) => void): () => void {
  const previous = observer;
  observer = see;
  return () => {
    observer = previous;
  };
}

/** @internal Calls `see` with the name of each op that runs in `fn`. */
export function observingOps<R>(see: (op: string) => void, fn: () => R): R {
  const stop = watchOps(see);
  try {
    return fn();
  } finally {
    stop();
  }
}

/** The same elements as another tensor's, in a storage of its own: a copy that costs nothing until one of them changes. */
export function cloneLazily(x: Tensor, shape: Shape = x.shape): Tensor {
  return made(new Tensor("clone", shape, x.dtype, x.device, x.content().fork()), [x]);
}

/** Runs one kernel on the device of its inputs; several results are one call. */
export function runKernel<K extends KernelName>(
  name: K,
  inputs: EachInput<K, Tensor>,
  attrs: AttributesOf<K>,
  outs: readonly TensorSpec[],
): Tensor[] {
  const given: Readonly<Record<string, Tensor | undefined>> | readonly Tensor[] = inputs;
  let device: Device;
  let operands: Operands;
  if (isList<Tensor, Readonly<Record<string, Tensor | undefined>>>(given)) {
    device = (given[0] as Tensor).device;
    operands = given.map((tensor) => tensor.operand());
  } else {
    const named: Record<string, Operand> = {};
    let first: Device | undefined;
    for (const key in given) {
      const tensor = given[key];
      if (tensor === undefined) continue;
      first ??= tensor.device;
      named[key] = tensor.operand();
    }
    device = first as Device;
    operands = named;
  }
  checkPrecision(name, device, (outs[0] as TensorSpec).dtype);
  const results = run(device, name, operands as InputsOf<K>, attrs, outs);
  return results.map((handle, i) => made(deviceTensor(name, handle, outs[i] as TensorSpec, device)));
}

function run<K extends KernelName>(
  device: Device,
  name: K,
  inputs: InputsOf<K>,
  attrs: AttributesOf<K>,
  outs: readonly TensorSpec[],
): Handle[] {
  try {
    return device.run(name, inputs, attrs, outs);
  } catch (error) {
    const { shape, dtype } = outs[0] as TensorSpec;
    throw allocationError(name, shape, dtype, error);
  }
}

/** Runs one kernel with one result. */
export function kernel<K extends KernelName>(
  name: K,
  inputs: EachInput<K, Tensor>,
  attrs: AttributesOf<K>,
  shape: Shape,
  dtype: DType,
): Tensor {
  return runKernel(name, inputs, attrs, [{ shape, dtype }])[0] as Tensor;
}

/**
 * Defines an op and enters it in the list that the laws walk. The function that comes back checks that its inputs are
 * alive and on one device, runs `forward` without recording, frees what that made on the way, and records the op
 * where an input needs a gradient.
 */
export function defineOp<A = undefined>(name: string, definition: OpDefinition<A>): Op<A> {
  const { forward, backward, isView = false } = definition;
  const ownName = `${name[0]?.toUpperCase()}${name.slice(1)}Backward0`;
  const op: Op<A> = (inputs, attrs) => {
    const ready = onOneDevice(name, inputs);
    const tracked = isGradEnabled() && ready.some((input) => input.requiresGrad);
    const outer = openFrame();
    let result: Tensor | ForwardResults;
    try {
      result = tracked ? withGradMode(false, () => forward(ready, attrs)) : forward(ready, attrs);
    } catch (error) {
      for (const tensor of closeFrame(outer)) tensor.dispose();
      throw error;
    }
    let out = result instanceof Tensor ? result : result.output;
    const recorded = tracked && backward !== undefined;
    const saved = recorded && !(result instanceof Tensor) ? result.saved : NOTHING;
    let fresh = false;
    for (const tensor of closeFrame(outer)) {
      if (tensor === out) fresh = true;
      else if (saved.length > 0 && saved.some((other) => other === tensor)) made(tensor, inputs);
      else tensor.dispose();
    }
    // An op may hand back an input, a view, or a constant that is kept: the result is a tensor of its own all the same.
    if (!fresh) out = out.fork(name);
    else if (out.storage.shown !== null && !isView) {
      const shown = out;
      out = shown.fork(name);
      shown.dispose();
    }
    out.op = name;
    observer?.(name, out.device);
    made(out, inputs);
    // Whole numbers have no derivative.
    if (recorded && isFloat(out.dtype)) {
      out.gradFn = new OpNode(definition.gradName?.(attrs) ?? ownName, ready, attrs, out, saved, backward);
    }
    return out;
  };
  registry.set(name, backward !== undefined);
  return op;
}

/** A recorded op. */
class OpNode<A> implements GraphNode<Tensor> {
  readonly id: number;
  name: string;
  readonly dtype: DType;
  readonly next: readonly (GraphNode<Tensor> | null)[];
  readonly hooks: GradientHook<Tensor>[] = [];
  readonly #backward: NonNullable<OpDefinition<A>["backward"]>;
  readonly #saved: SavedTensors<A>;

  constructor(
    name: string,
    inputs: readonly Tensor[],
    attrs: A,
    output: Tensor,
    saved: readonly Tensor[],
    backward: NonNullable<OpDefinition<A>["backward"]>,
  ) {
    this.name = name;
    this.dtype = output.dtype;
    this.next = inputs.map((input) => edgeOf(input));
    // After the edges: a leaf's node may just have been made, and edges lead to smaller numbers.
    this.id = nextNodeId();
    this.#backward = backward;
    this.#saved = new SavedTensors(this, inputs, attrs, output, saved);
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
  const { gradFn } = tensor;
  if (gradFn !== null || !tensor.requiresGrad) return gradFn;
  // A view that was made without recording needs a gradient because its base does, and yet has nowhere to put it, as in PyTorch.
  return tensor.viewOf === null || tensor.asksForGrad ? tensor.leafNode() : null;
}

/** @internal Moves the recorded result of an in-place op from the temporary it was computed in to the tensor it was for. */
export function moveGraph(from: Tensor, to: Tensor): void {
  to.gradFn = from.gradFn;
  moveOutput(from, to);
}

/** @internal What the op that made `from` saved of its output is now in `to`. */
export function moveOutput(from: Tensor, to: Tensor): void {
  const node = from.gradFn;
  if (node instanceof OpNode) node.moveOutput(to);
}

/** @internal Gives the node of a tensor the name that PyTorch's has. */
export function renameGraph(tensor: Tensor, name: string): void {
  const node = tensor.gradFn;
  if (node instanceof OpNode) node.name = name;
}

/** PyTorch's names of most operands, for messages. */
const NAMES = ["input", "other"];

/**
 * The inputs, all alive and on one device. A zero-dimensional cpu tensor mixes freely with tensors of another device.
 *
 * @throws DeviceError `Expected all tensors to be on the same device, but found at least two devices, wasm and cpu!`
 */
export function onOneDevice<const T extends readonly Tensor[]>(op: string, inputs: T): T {
  let device: Device | undefined;
  let mixed = false;
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i] as Tensor;
    if (!isTensor(input)) throw notATensor(op, input, NAMES[i] ?? "tensors", i + 1);
    input.check(op);
    if (device === undefined) device = input.device;
    else if (input.device !== device) mixed = true;
  }
  if (!mixed) return inputs;
  const taking = inputs.find((input) => input.device.takesOthers === true)?.device;
  if (taking !== undefined) return inputs.map((input) => moveTo(input, taking)) as readonly Tensor[] as T;
  const isScalar = (t: Tensor): boolean => t.shape.length === 0 && t.device.host !== undefined;
  const others = inputs.filter((input) => !isScalar(input));
  const target =
    others[0]?.device ?? (inputs.find((input) => input.device.host === undefined) ?? (inputs[0] as Tensor)).device;
  const stray = others.find((input) => input.device !== target);
  if (stray !== undefined) {
    throw new DeviceError(
      op,
      `Expected all tensors to be on the same device, but found at least two devices, ${target.name} and ${stray.device.name}!`,
      "",
      "Move one of them: t.to(device), net.to(device); inputs and labels of every batch too.",
    );
  }
  return inputs.map((input) => (input.device === target ? input : scalarOn(input, target))) as readonly Tensor[] as T;
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
  checkSupported("to", device, x.dtype);
  // Bytes with pending steps move as bytes, and keep a host copy: labels are checked without reading a device.
  const host = x.content().host ?? x.hostElements();
  if (host !== null) {
    const { steps } = host;
    const copy = made(hostTensor("to", host, x.shape, x.dtype, device));
    if (device.host !== undefined) return copy;
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
  const moved = made(hostTensor("to", elements, x.shape, x.dtype, device));
  if (device.host === undefined) {
    moved.operand();
    moved.storage.host = null;
  }
  return moved;
}

/** The tensor on `device`; itself when it is there. */
export function moveTo(x: Tensor, device: Device): Tensor {
  return x.device === device ? x : transfer([x], device);
}
