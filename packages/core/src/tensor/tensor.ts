import { type DType, isFloat, type TypedArray } from "../base/dtype.ts";
import { AutogradError, FreedTensorError, ShapeError } from "../base/errors.ts";
import { formatShape, normalizeDim, numel, type Shape, sameShape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { warn } from "../base/warn.ts";
import type { Device, TensorSpec } from "../device/device.ts";
import { type Disposable, leavingScope, type Scope } from "../scope/ambient-scope.ts";
import { leaveFrame } from "../scope/temporaries.ts";
import { type HostContent, type HostElements, readElement, readElements } from "../storage/host-elements.ts";
import { Memory, Storage } from "../storage/memory.ts";
import { ScatteredBytes } from "../storage/scattered-bytes.ts";
import type { ViewStep } from "../storage/view-step.ts";
import type { GradientHook, GraphNode } from "./graph-node.ts";
import { type NestedArray, nest } from "./nested-array.ts";

const BRAND = Symbol.for("kindling.Tensor");

const NO_GRAD_HERE =
  "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad attribute won't be populated during autograd.backward(). If you indeed want the .grad field to be populated for a non-leaf Tensor, use .retain_grad() on the non-leaf Tensor. If you access the non-leaf Tensor by mistake, make sure you access the leaf Tensor instead. Here: retainGrad().";

/** What makes a tensor a view of another. */
export interface View {
  /** The tensor that all views of views lead to. */
  readonly base: Tensor;
  /** The way there; between two steps the shape may change. */
  readonly steps: readonly ViewStep[];
  /** How it was made, by which PyTorch refuses in-place ops: while ops were recorded or not, alone or as one of several results. */
  readonly origin: "recorded" | "in noGrad" | "one of several";
  /** Which of several results it is. */
  readonly output: number;
  /** The version of the elements that the graph of this view knows. */
  version: number;
}

/** The part of autograd that computes with tensors, and so is above them. */
export interface TensorAutograd {
  /** The node that adds into `grad` of a leaf: one for each leaf. */
  leafNode(leaf: Tensor): GraphNode<Tensor>;
  /** Adds `grad` into the `grad` of `x`. */
  accumulate(x: Tensor, grad: Tensor): void;
  /** Computes what a view shows. */
  readView(view: Tensor): void;
  /** Records a view again whose base was changed in place. */
  recordView(view: Tensor): void;
}

let autograd!: TensorAutograd;

/** Hands autograd to the tensors of this copy of the package: api/connect.ts calls it, once. */
export function connectAutograd(connected: TensorAutograd): void {
  autograd = connected;
}

/**
 * A multi-dimensional array on a device: a shape, a dtype, a storage, and what autograd needs. Make one with `tensor`,
 * `zeros`, `rand`, ...; the constructor is for ops. Its methods that compute are in api/tensor-methods.ts.
 *
 * @see https://pytorch.org/docs/stable/tensors.html
 */
export class Tensor implements Disposable {
  shape: Shape;
  dtype: DType;
  device: Device;
  /** @internal */ storage: Storage;
  /** @internal The op that made it, for messages. */ op: string;
  /** @internal */ owner: Scope | null = null;
  /** @internal */ holder: Disposable | null = null;
  /** @internal The node that adds into `grad`, of a leaf that ops have used. */ accumulator: GraphNode<Tensor> | null =
    null;
  /** @internal Null for a tensor that is no view. */ viewOf: View | null = null;
  /** @internal Whether autograd does not see that this one changes: `x.data`. */ unseen = false;
  /** @internal */ freed = false;
  #requiresGrad = false;
  #grad: Tensor | null = null;
  #gradFn: GraphNode<Tensor> | null = null;
  #retainsGrad = false;

  /** Ops make tensors. In a program, call `tensor`, `zeros`, `rand`, ... */
  constructor(op: never, shape: never, dtype: never, device: never, storage: never);
  /** @internal */
  constructor(op: string, shape: Shape, dtype: DType, device: Device, storage: Storage);
  constructor(op: string, shape: Shape, dtype: DType, device: Device, storage: Storage) {
    this.op = op;
    this.shape = shape;
    this.dtype = dtype;
    this.device = device;
    this.storage = storage;
  }

  get ndim(): number {
    return this.shape.length;
  }

  /** The number of dimensions. */
  dim(): number {
    if (arguments.length > 0) throw surplusArguments("dim()", arguments.length);
    return this.shape.length;
  }

  /** The number of elements. */
  numel(): number {
    if (arguments.length > 0) throw surplusArguments("numel()", arguments.length);
    return numel(this.shape);
  }

  /** `numel()`. */
  nelement(): number {
    if (arguments.length > 0) throw surplusArguments("nelement()", arguments.length);
    return numel(this.shape);
  }

  /** The size of one dimension, or all sizes. */
  size(): Shape;
  size(dim: number): number;
  size(dim?: number): Shape | number {
    if (arguments.length > 1) throw surplusArguments("size(dim?)", arguments.length);
    return dim === undefined ? this.shape : (this.shape[normalizeDim("size", dim, this.ndim)] as number);
  }

  /** The size of the first dimension, as Python's `len`. */
  get length(): number {
    if (this.shape.length === 0) throw new ShapeError("length", "len() of a 0-d tensor", "", "Use numel().");
    return this.shape[0] as number;
  }

  // --- autograd ---------------------------------------------------------------------------------------------------

  /** The gradient that `backward` left here; null before. It belongs to this tensor, and is freed with it. */
  get grad(): Tensor | null {
    if (this.#grad === null && !this.#retainsGrad && this.gradFn !== null) warn(NO_GRAD_HERE);
    return this.#grad;
  }

  set grad(grad: Tensor | null) {
    if (grad !== null) {
      if (!sameShape(grad.shape, this.shape)) {
        throw new ShapeError(
          "grad",
          `attempting to assign a gradient of size '${formatShape(grad.shape)}' to a tensor of size '${formatShape(this.shape)}'. Please ensure that the gradient and the tensor are the same size`,
        );
      }
      grad.owner?.remove(grad);
      leaveFrame(grad);
      grad.holder = this;
    }
    this.#grad = grad;
  }

  /** The recorded op that made this tensor; null for leaves. */
  get gradFn(): GraphNode<Tensor> | null {
    if (this.viewOf !== null && this.viewOf.version !== this.storage.version) autograd.recordView(this);
    return this.#gradFn;
  }

  /** @internal */
  set gradFn(node: GraphNode<Tensor> | null) {
    this.#gradFn = node;
  }

  /** @internal `gradFn` as it was recorded, though the base of this view may have been changed in place since. */
  get recordedBy(): GraphNode<Tensor> | null {
    return this.#gradFn;
  }

  /** @internal Whether it was asked to have a gradient itself. */
  get asksForGrad(): boolean {
    return this.#requiresGrad;
  }

  get requiresGrad(): boolean {
    return this.#requiresGrad || this.#gradFn !== null || this.viewOf?.base.requiresGrad === true;
  }

  set requiresGrad(value: boolean) {
    this.requiresGrad_(value);
  }

  get isLeaf(): boolean {
    return this.gradFn === null;
  }

  /** Asks for (or declines) gradients of this leaf. */
  requiresGrad_(value = true): this {
    if (arguments.length > 1) throw surplusArguments("requiresGrad_(value?)", arguments.length);
    if (value && !isFloat(this.dtype)) {
      throw new AutogradError(
        "requiresGrad_",
        "only Tensors of floating point dtype can require gradients",
        `the dtype is ${this.dtype}`,
        'Convert it first: t.to("float32").',
      );
    }
    if (!value && this.gradFn !== null) {
      throw new AutogradError(
        "requiresGrad_",
        "you can only change requires_grad flags of leaf variables",
        `the tensor was made by ${this.op}`,
        "If you want to use a computed variable in a subgraph that doesn't require differentiation use detach().",
      );
    }
    this.#requiresGrad = value;
    return this;
  }

  /** Calls `hook` with the gradient of this tensor each time it is known; what it returns replaces the gradient. */
  registerHook(hook: GradientHook<Tensor>): { remove(): void } {
    if (arguments.length > 1) throw surplusArguments("registerHook(hook)", arguments.length);
    if (!this.requiresGrad) {
      throw new AutogradError(
        "registerHook",
        "cannot register a hook on a tensor that doesn't require gradient",
        "",
        "Call requiresGrad_() on a leaf that it is computed from.",
      );
    }
    const { hooks } = this.gradFn ?? this.leafNode();
    hooks.push(hook);
    return {
      remove() {
        const at = hooks.indexOf(hook);
        if (at >= 0) hooks.splice(at, 1);
      },
    };
  }

  /** Keeps the gradient of this tensor in `grad` although it is not a leaf. */
  retainGrad(): void {
    if (arguments.length > 0) throw surplusArguments("retainGrad()", arguments.length);
    if (!this.requiresGrad) {
      throw new AutogradError("retainGrad", "can't retain_grad on Tensor that has requires_grad=False");
    }
    if (this.isLeaf || this.#retainsGrad) return;
    this.#retainsGrad = true;
    this.registerHook((grad) => autograd.accumulate(this, grad));
  }

  /** @internal The node that adds into `grad` of this leaf. */
  leafNode(): GraphNode<Tensor> {
    return autograd.leafNode(this);
  }

  // --- memory -----------------------------------------------------------------------------------------------------

  /** Whether the memory was given back. */
  get isDisposed(): boolean {
    return this.freed;
  }

  /** Gives the memory back now. Using the tensor afterwards is an error. */
  dispose(): void {
    if (arguments.length > 0) throw surplusArguments("dispose()", arguments.length);
    if (this.freed) return;
    this.freed = true;
    this.owner?.remove(this);
    this.storage.release();
    const grad = this.#grad;
    this.#grad = null;
    if (grad?.holder === this) grad.dispose();
  }

  /** `using x = ...` gives the memory back at the end of the block. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** @internal Throws when the memory was given back. */
  check(op: string): void {
    if (this.freed) {
      throw new FreedTensorError(
        op,
        "the tensor has been freed",
        `it was made by ${this.op}, shape ${formatShape(this.shape)}`,
        "A scope that owned it has ended, or dispose() was called. Let it out with scope.keep(t), or return it from scope(fn).",
      );
    }
  }

  /** @internal The storage with its elements, computed first where this is a view that does not show them yet. */
  content(): Storage {
    if (this.storage.isStale) autograd.readView(this);
    return this.storage;
  }

  /** @internal A copy-on-write clone: an in-place op on either leaves the other as it is. */
  fork(op: string): Tensor {
    this.check(op);
    return new Tensor(op, this.shape, this.dtype, this.device, this.content().fork());
  }

  /** @internal The elements in device memory. */
  operand(): TensorSpec & { handle: object } {
    const { handle } = this.content().onDevice(this.device, this.shape, this.dtype);
    return { handle, shape: this.shape, dtype: this.dtype };
  }

  // --- reading ----------------------------------------------------------------------------------------------------

  /** @internal The elements in ordinary memory where they are there already, or can be had without a copy; else null. */
  hostElements(): HostElements | null {
    const storage = this.content();
    const { host } = storage;
    if (host instanceof ScatteredBytes) {
      const data = host.together();
      storage.host = { data, offset: 0, length: data.length, steps: host.steps };
      return storage.host;
    }
    if (host !== null) return host;
    const reach = this.device.host;
    if (reach === undefined) return null;
    const data = reach.view((storage.memory as Memory).handle);
    storage.host = { data, offset: 0, length: data.length, steps: null };
    return storage.host;
  }

  /** A copy of the elements, row-major, read without waiting. Not every device can. */
  toTypedArraySync(): TypedArray {
    if (arguments.length > 0) throw surplusArguments("toTypedArraySync()", arguments.length);
    return this.#own(this.#readSync("toTypedArraySync"));
  }

  /** A copy of the elements, row-major. */
  async toTypedArray(): Promise<TypedArray> {
    if (arguments.length > 0) throw surplusArguments("toTypedArray()", arguments.length);
    return this.#own(await this.#read("toTypedArray"));
  }

  /** A copy, unless `elements` were looked up just now and are nobody else's. */
  #own(elements: TypedArray): TypedArray {
    return this.storage.host?.steps ? elements : elements.slice();
  }

  /** The one element, as a number. */
  async item(): Promise<number> {
    if (arguments.length > 0) throw surplusArguments("item()", arguments.length);
    this.#checkSingle("item");
    return (await this.#read("item"))[0] as number;
  }

  itemSync(): number {
    if (arguments.length > 0) throw surplusArguments("itemSync()", arguments.length);
    this.#checkSingle("itemSync");
    this.check("itemSync");
    const { host } = this.content();
    if (host !== null && !(host instanceof ScatteredBytes)) return readElement(host, 0, this.dtype);
    return this.#readSync("itemSync")[0] as number;
  }

  /** The elements as nested arrays, booleans for `bool`; a number for a scalar. */
  async toList(): Promise<NestedArray> {
    if (arguments.length > 0) throw surplusArguments("toList()", arguments.length);
    return nest(await this.#read("toList"), this.shape, this.dtype);
  }

  toListSync(): NestedArray {
    if (arguments.length > 0) throw surplusArguments("toListSync()", arguments.length);
    return nest(this.#readSync("toListSync"), this.shape, this.dtype);
  }

  #checkSingle(op: string): void {
    const count = this.numel();
    if (count === 1) return;
    throw new ShapeError(
      op,
      `a Tensor with ${count} elements cannot be converted to Scalar`,
      `the shape is ${formatShape(this.shape)}`,
      "Reduce it first, with sum() or mean(), or read it with toList().",
    );
  }

  #readSync(op: string): TypedArray {
    this.check(op);
    const host = this.hostElements();
    if (host !== null) return readElements(host);
    const { device } = this;
    if (device.downloadSync === undefined) {
      throw new ShapeError(
        op,
        `the ${device.name} device cannot be read without waiting`,
        "",
        `Use the asynchronous form: await t.${op.replace(/Sync$/, "")}().`,
      );
    }
    return device.downloadSync((this.storage.memory as Memory).handle);
  }

  async #read(op: string): Promise<TypedArray> {
    this.check(op);
    const host = this.hostElements();
    const { device, storage } = this;
    return await leavingScope(
      async () => (host !== null ? readElements(host) : device.download((storage.memory as Memory).handle)),
      this,
    );
  }
}

Object.defineProperty(Tensor.prototype, BRAND, { value: true });

/** Whether `value` is a tensor, of this copy of the package or another. */
export function isTensor(value: unknown): value is Tensor {
  return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
}

/** A tensor over elements in ordinary memory; not copied. */
export function hostTensor(op: string, host: HostContent, shape: Shape, dtype: DType, device: Device): Tensor {
  return new Tensor(op, shape, dtype, device, new Storage(null, host));
}

/** A tensor over device memory that nobody else holds. */
export function deviceTensor(op: string, handle: object, spec: TensorSpec, device: Device): Tensor {
  const memory = new Memory(device, handle, spec.shape, spec.dtype);
  return new Tensor(op, spec.shape, spec.dtype, device, new Storage(memory, null));
}
