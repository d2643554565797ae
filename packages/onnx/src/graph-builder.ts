import type { DType, Shape } from "@kindling/core";
import { castArray, type TensorSpec } from "@kindling/core/device";
import { type FileArray, numel, sameShape, toFileArray } from "@kindling/core/extend";
import type { ElementType } from "./model/element-type.ts";
import type { GraphModel, NodeAttributes, NodeModel, TensorModel } from "./model/model.ts";

/** Something computed, or given, in the graph that is being built: its name there, and the shape it is to be read as. */
export interface Value extends TensorSpec {
  readonly name: string;
  /** The shape it has where it is not the one it is read as: a view. */
  readonly stored?: Shape;
  /** Whether nobody reads it but this once. */
  readonly isSole?: boolean;
}

/** An input of a node: a value, read as its shape says, or a name. */
export type Input = Value | string;

/** Gives names that no other node has. */
export type Names = () => string;

/** Collects nodes and constants. What was asked for before is not built again: equal nodes with equal inputs are one. */
export class GraphBuilder {
  readonly nodes: NodeModel[] = [];
  readonly initializers: TensorModel[] = [];
  readonly domains: Record<string, number> = {};
  /** Whether NaN is left to the operators as they are: graphs are smaller then, and PyTorch's rules for NaN do not hold everywhere. */
  readonly plain: boolean;
  readonly #names: Names;
  readonly #known = new Map<string, NodeModel>();
  readonly #makers = new Map<string, NodeModel>();
  readonly #keys = new Map<NodeModel, string>();
  /** Nodes that were asked for more than once. */
  readonly #shared = new Set<NodeModel>();
  readonly #constants = new Map<string, string>();
  readonly #renamed = new Map<string, string>();

  constructor({ plain = false, names = counter() }: { readonly plain?: boolean; readonly names?: Names } = {}) {
    this.plain = plain;
    this.#names = names;
  }

  /** The first result of a node. */
  node(opType: string, inputs: readonly Input[], attributes: NodeAttributes = {}, domain = ""): string {
    return this.several(opType, inputs, attributes, 1, domain)[0] as string;
  }

  /** The first `count` results of a node. */
  several(opType: string, inputs: readonly Input[], attributes: NodeAttributes, count: number, domain = ""): string[] {
    const names = inputs.map((input) => this.read(input));
    const key = `${domain} ${opType} ${names.join(",")} ${JSON.stringify(attributes)}`;
    let node = this.#known.get(key);
    if (node === undefined) {
      node = { opType, domain, inputs: names, outputs: [], attributes };
      this.#known.set(key, node);
      this.#keys.set(node, key);
      this.nodes.push(node);
      if (domain !== "") this.domains[domain] = 1;
    } else this.#shared.add(node);
    while (node.outputs.length < count) {
      const name = this.#names();
      node.outputs.push(name);
      this.#makers.set(name, node);
    }
    return node.outputs.slice(0, count);
  }

  /** The node whose result has this name; undefined for what was given to the graph. */
  makerOf(name: string): NodeModel | undefined {
    return this.#makers.get(name);
  }

  /** Gives `node` one input more: it is another node then. False where somebody else was given it as it is. */
  extend(node: NodeModel, input: string): boolean {
    if (this.#shared.has(node)) return false;
    this.#known.delete(this.#keys.get(node) as string);
    node.inputs.push(input);
    return true;
  }

  /** Something under a name of its own: what comes out of a graph, whatever else it is there. */
  copy(name: string): string {
    const outputs = [this.#names()];
    this.nodes.push({ opType: "Identity", domain: "", inputs: [name], outputs, attributes: {} });
    return outputs[0] as string;
  }

  /** Gives what is called `from` the name `to`, in a node of its own where it cannot be renamed. */
  rename(from: string, to: string): void {
    const maker = this.nodes.find(({ outputs }) => outputs.includes(from));
    if (maker === undefined) {
      const input = this.#renamed.get(from) ?? from;
      this.nodes.push({ opType: "Identity", domain: "", inputs: [input], outputs: [to], attributes: {} });
      return;
    }
    this.#renamed.set(from, to);
    maker.outputs.splice(maker.outputs.indexOf(from), 1, to);
    this.nodes.forEach((node, i) => {
      const inputs = node.inputs.map((input) => (input === from ? to : input));
      this.nodes[i] = { ...node, inputs };
    });
  }

  /** Takes out nodes and constants that no result needs. */
  dropUnused(results: readonly string[]): void {
    const needed = new Set(results);
    const kept: NodeModel[] = [];
    for (let i = this.nodes.length - 1; i >= 0; i--) {
      const node = this.nodes[i] as NodeModel;
      if (!node.outputs.some((output) => needed.has(output))) continue;
      for (const input of node.inputs) needed.add(input);
      kept.unshift(node);
    }
    this.nodes.splice(0, this.nodes.length, ...kept);
    const constants = this.initializers.filter(({ name }) => needed.has(name));
    this.initializers.splice(0, this.initializers.length, ...constants);
  }

  /** The name under which an input is found with the shape that it is read as. */
  read(input: Input): string {
    if (typeof input === "string") return input;
    return this.as(input, input.shape);
  }

  /** The name of `value` in this shape, row-major. */
  as(value: Value, shape: Shape): string {
    if (sameShape(value.stored ?? value.shape, shape)) return value.name;
    return this.node("Reshape", [value.name, this.whole(shape)], numel(shape) === 0 ? { allowzero: 1 } : {});
  }

  /** A vector of whole numbers: a shape, axes, positions. */
  whole(values: readonly number[]): string {
    return this.constant("int64", [values.length], BigInt64Array.from(values.map(BigInt)));
  }

  /** A whole number by itself. */
  wholeScalar(value: number): string {
    return this.constant("int64", [], BigInt64Array.of(BigInt(value)));
  }

  scalar(value: number, type: DType): string {
    return this.constant(type, [], toFileArray(castArray([value], type), type));
  }

  constant(type: ElementType, shape: Shape, data: FileArray): string {
    // The bits: -0 is not 0.
    const bits = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const key = `${type} ${shape.join()} ${bits.join()}`;
    let name = this.#constants.get(key);
    if (name === undefined) {
      name = this.#names();
      this.#constants.set(key, name);
      this.initializers.push({ name, type, shape, data });
    }
    return name;
  }

  /** A node that computes one of two graphs; its results are named one by one, as both graphs' outputs are listed. */
  choice(condition: string, yes: GraphModel, no: GraphModel): { output(): string } {
    const outputs: string[] = [];
    this.nodes.push({
      opType: "If",
      domain: "",
      inputs: [condition],
      outputs,
      attributes: { then_branch: yes, else_branch: no },
    });
    return {
      output: () => {
        const name = this.#names();
        outputs.push(name);
        return name;
      },
    };
  }

  /** A builder for a graph inside a node: it sees what stands here, and its names are of the same kind. */
  inner(): GraphBuilder {
    return new GraphBuilder({ plain: this.plain, names: this.#names });
  }
}

function counter(): Names {
  let next = 0;
  return () => `v${next++}`;
}
