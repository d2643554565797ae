import { type DType, scalarTypeName } from "../base/dtype.ts";
import { AutogradError } from "../base/errors.ts";
import type { Shape } from "../base/shape.ts";
import type { Device } from "../device/device.ts";
import type { GraphNode } from "../tensor/graph-node.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** The tensors and attributes that an op saved for its derivative. */
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
  /** A tensor that `forward` saved besides its inputs and its output. */
  extra(index: number): Tensor;
  /** An error when an earlier backward has freed the graph: for what PyTorch saves and we need not (a number). */
  checkAlive(): void;
}

/** Keeps what an op saved until its derivative is computed. Versions tell whether a tensor has been changed since. */
export class SavedTensors<A> implements Saved<A> {
  readonly attrs: A;
  readonly needs: readonly boolean[];
  readonly shapes: readonly Shape[];
  readonly dtypes: readonly DType[];
  readonly devices: readonly Device[];
  readonly #node: GraphNode<Tensor>;
  #inputs: readonly Tensor[] | null;
  readonly #versions: readonly number[];
  #output: Tensor | null;
  #outputVersion: number;
  #extras: readonly Tensor[] | null;

  constructor(node: GraphNode<Tensor>, inputs: readonly Tensor[], attrs: A, output: Tensor, extras: readonly Tensor[]) {
    this.#node = node;
    this.attrs = attrs;
    this.needs = inputs.map((input) => input.requiresGrad);
    this.shapes = inputs.map((input) => input.shape);
    this.dtypes = inputs.map((input) => input.dtype);
    this.devices = inputs.map((input) => input.device);
    this.#inputs = inputs;
    this.#versions = inputs.map((input) => input.storage.version);
    this.#output = output;
    this.#outputVersion = output.storage.version;
    this.#extras = extras;
  }

  input(index: number): Tensor {
    return this.#unpack(this.#inputs?.[index], this.#versions[index] as number, nodeName);
  }

  get output(): Tensor {
    return this.#unpack(this.#output, this.#outputVersion, (tensor) =>
      // The op itself, unless it was in place on a view.
      tensor.viewOf === null ? torchName(this.#node) : nodeName(tensor),
    );
  }

  extra(index: number): Tensor {
    const extra = this.#extras?.[index];
    if (extra === undefined) throw freedEarlier();
    return extra;
  }

  checkAlive(): void {
    if (this.#inputs === null) throw freedEarlier();
  }

  moveOutput(tensor: Tensor): void {
    this.#output = tensor;
    this.#outputVersion = tensor.storage.version;
  }

  release(): void {
    this.#inputs = null;
    this.#output = null;
    this.#extras = null;
  }

  #unpack(tensor: Tensor | null | undefined, version: number, made: (tensor: Tensor) => string): Tensor {
    if (tensor === null || tensor === undefined) throw freedEarlier();
    if (!tensor.freed && tensor.storage.version !== version) {
      const origin = tensor.isLeaf ? "" : `, which is output 0 of ${made(tensor)},`;
      throw new AutogradError(
        "backward",
        `one of the variables needed for gradient computation has been modified by an inplace operation: [torch.${scalarTypeName(tensor.dtype)}Tensor [${tensor.shape.join(", ")}]]${origin} is at version ${tensor.storage.version}; expected version ${version} instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True).`,
        `${this.#node.name} had saved it`,
        "Use the op without the trailing underscore, or change a clone().",
      );
    }
    return tensor;
  }
}

/** What PyTorch calls the op that a tensor was left by. */
function nodeName(tensor: Tensor): string {
  return tensor.gradFn === null ? "" : torchName(tensor.gradFn);
}

function torchName({ name }: GraphNode<Tensor>): string {
  return name.startsWith("Copy") ? `torch::autograd::${name}` : name.replace(/Backward\d$/, "");
}

function freedEarlier(): AutogradError {
  return new AutogradError(
    "backward",
    "Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward.",
    "",
    "Here: backward({ retainGraph: true }) the first time, or run the forward pass again.",
  );
}
