import { isTensor, type Shape, type Tensor } from "@kindling/core";
import { bytesPerElement, numel } from "@kindling/core/extend";
import type { Module } from "../module.ts";
import { grouped } from "./grouped.ts";

/** Rows below a layer that show its single parameters, with `verbose: 2`. */
export interface ParameterRow {
  readonly name: string;
  readonly kernelSize: string;
  readonly count: string;
}

/** One call of a module, as torchinfo describes it. */
export class LayerInfo {
  readonly module: Module;
  readonly varName: string;
  readonly className: string;
  readonly depth: number;
  readonly parent: LayerInfo | null;
  readonly isLeaf: boolean;
  readonly kernelSize: string;
  /** Counts the layers of its depth, from 1; known when all layers are. */
  depthIndex = 0;
  children: LayerInfo[] = [];
  executed = false;
  isRecursive = false;
  inputSize: Shape = [];
  outputSize: Shape = [];
  parameterRows: ParameterRow[] = [];
  params = 0;
  trainableParams = 0;
  paramBytes = 0;
  outputBytes = 0;
  multAdds = 0;

  constructor(varName: string, module: Module, depth: number, parent: LayerInfo | null) {
    this.varName = varName;
    this.module = module;
    this.className = module.constructor.name;
    this.depth = depth;
    this.parent = parent;
    this.isLeaf = [...module.children()].length === 0;
    const { kernelSize } = module as { kernelSize?: number | readonly number[] };
    this.kernelSize =
      kernelSize === undefined ? "" : typeof kernelSize === "number" ? `${kernelSize}` : list(kernelSize);
  }

  /** `True`, `False`, `Partial`, or `--` without parameters. */
  get trainable(): string {
    if (this.params === 0) return "--";
    if (this.trainableParams === 0) return "False";
    return this.params === this.trainableParams ? "True" : "Partial";
  }

  /** Counts the parameters of the module and what is below it. */
  countParameters(): void {
    this.params = 0;
    this.trainableParams = 0;
    this.paramBytes = 0;
    const rows = new Map<string, ParameterRow>();
    for (const [name, parameter] of this.module.namedParameters()) {
      const count = parameter.numel();
      this.params += count;
      this.paramBytes += count * bytesPerElement(parameter.dtype);
      if (parameter.requiresGrad) this.trainableParams += count;
      const [first, second, ...rest] = parameter.shape;
      const swapped = name === "weight" && second !== undefined ? [second, first as number, ...rest] : parameter.shape;
      // The whole model lists only what is directly its own.
      if (this.parent === null && name.includes(".")) continue;
      rows.set(name, { name, kernelSize: list(swapped), count: grouped(count) });
    }
    this.parameterRows = [...rows.values()];
  }

  /** Known only after the call. */
  finish(inputs: readonly unknown[], output: unknown, batchDim: number | undefined): void {
    this.inputSize = sizeOf(inputs, batchDim).shape;
    const { shape, bytes } = sizeOf(output, batchDim);
    this.outputSize = shape;
    this.outputBytes = bytes * numel(shape);
    this.executed = true;
    this.#countMultAdds();
  }

  /** Weights times the outputs that each takes part in, as torchinfo estimates them. */
  #countMultAdds(): void {
    const { outputSize } = this;
    for (const [name, parameter] of this.module.namedParameters()) {
      const count = parameter.numel();
      if (name === "weight" || name === "bias") {
        const convolution = this.className.includes("Conv");
        const positions = convolution
          ? numel([...outputSize.slice(0, 1), ...outputSize.slice(2)])
          : (outputSize[0] ?? 1);
        this.multAdds += count * positions;
      } else if (name.includes("weight") || name.includes("bias")) {
        this.multAdds += count * numel(outputSize.slice(0, 2));
      }
    }
  }

  /** Parameters that no child accounts for. */
  get leftoverParams(): number {
    return this.params - sum(this.children, (child) => (child.isLeaf ? child.params : child.leftoverParams));
  }

  get leftoverTrainableParams(): number {
    const of = (child: LayerInfo): number => (child.isLeaf ? child.trainableParams : child.leftoverTrainableParams);
    return this.trainableParams - sum(this.children, of);
  }
}

/** Over children that are not shown a second time. */
function sum(children: readonly LayerInfo[], of: (child: LayerInfo) => number): number {
  return children.reduce((total, child) => (child.isRecursive ? total : total + of(child)), 0);
}

/** The shape of the first tensor in `value`, with batch size 1 where the batch was added, and its bytes an element. */
function sizeOf(value: unknown, batchDim: number | undefined): { shape: Shape; bytes: number } {
  if (isTensor(value)) return { shape: value.shape, bytes: bytesPerElement(value.dtype) };
  const first = firstTensor(value);
  if (first === undefined) return { shape: [], bytes: 0 };
  const shape = batchDim === undefined ? first.shape : first.shape.map((size, i) => (i === batchDim ? 1 : size));
  return { shape, bytes: bytesPerElement(first.dtype) };
}

function firstTensor(value: unknown): Tensor | undefined {
  if (isTensor(value)) return value;
  if (typeof value !== "object" || value === null) return undefined;
  for (const element of Object.values(value)) {
    const found = firstTensor(element);
    if (found !== undefined) return found;
  }
  return undefined;
}

function list(sizes: Shape): string {
  return `[${sizes.join(", ")}]`;
}
