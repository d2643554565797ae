import type { FileArray } from "@kindling/core/extend";
import type { ElementType } from "./element-type.ts";

/** A value of an attribute: a whole number, a float, a text, whole numbers, or a graph. */
export type AttributeValue = number | { readonly float: number } | string | readonly number[] | GraphModel;

export type NodeAttributes = Readonly<Record<string, AttributeValue>>;

/** One operator and what it is given; `""` is an input that is left out. */
export interface NodeModel {
  readonly opType: string;
  readonly domain: string;
  readonly inputs: string[];
  readonly outputs: string[];
  readonly attributes: NodeAttributes;
}

/** A size that is known, or the name of one that is not. */
export type Size = number | string;

/** Something that goes into a graph, or comes out of it. */
export interface ValueModel {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly Size[];
}

/** Elements that a file carries along. */
export interface TensorModel {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data: FileArray;
}

export interface GraphModel {
  readonly name: string;
  readonly nodes: readonly NodeModel[];
  readonly inputs: readonly ValueModel[];
  readonly outputs: readonly ValueModel[];
  readonly initializers: readonly TensorModel[];
}

export interface Model {
  readonly graph: GraphModel;
  /** Sets of operators besides ONNX's own: name and version. */
  readonly domains?: Readonly<Record<string, number>>;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The version of ONNX's operators that the lowerings are written for. */
export const OPSET = 18;
