import { isTensor, type Tensor, ValueError } from "@kindling/core";
import type { Json } from "./json.ts";

/** A value in a state: anything that JSON can hold, any number, bytes and tensors. */
export type State = Json | Tensor | Uint8Array | undefined | readonly State[] | { readonly [key: string]: State };

/** A state in two parts: a form in JSON, and the tensors that it refers to. */
export interface Packed {
  readonly form: Json;
  readonly tensors: Readonly<Record<string, Tensor>>;
}

const TENSOR = "$tensor";
const NUMBER = "$number";
const UNDEFINED = "$undefined";

/** Numbers that JSON lacks. */
const NUMBERS = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
  ["-0", -0],
]);

/** States are a few levels deep. A file of brackets must not overflow the stack. */
const MAX_DEPTH = 100;

/**
 * Takes a state apart. A tensor is named by its path (`model.l1.weight`); bytes become a tensor by way of `ofBytes`;
 * numbers that JSON lacks (NaN, infinities, -0) are written as text.
 *
 * @throws ValueError for a state that contains itself, or is deeper than any that can be read
 */
export function pack(state: State, ofBytes: (bytes: Uint8Array) => Tensor): Packed {
  const tensors: [string, Tensor][] = [];
  const visit = (value: State, path: string, depth: number): Json => {
    checkDepth("pack", depth, path);
    if (isTensor(value) || value instanceof Uint8Array) {
      const bytes = !isTensor(value);
      tensors.push([path, bytes ? ofBytes(value) : value]);
      return { [TENSOR]: path, bytes };
    }
    if (value === undefined) return { [UNDEFINED]: true };
    if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) {
      return { [NUMBER]: Object.is(value, -0) ? "-0" : String(value) };
    }
    if (typeof value !== "object" || value === null) return value;
    const inside = (key: string) => (path === "" ? key : `${path}.${key}`);
    if (Array.isArray(value)) return value.map((element: State, i) => visit(element, inside(String(i)), depth + 1));
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, visit(part, inside(key), depth + 1)]));
  };
  const form = visit(state, "", 0);
  // Not by assignment: a name may be `__proto__`.
  return { form, tensors: Object.fromEntries(tensors) };
}

/**
 * Puts together what `pack` has taken apart.
 *
 * @throws ValueError naming the place, for a form that refers to a tensor that is not there, or that `pack` does not write
 */
export function unpack({ form, tensors }: Packed, toBytes: (tensor: Tensor) => Uint8Array): State {
  const fail = (path: string, what: string): never => {
    throw new ValueError("unpack", path === "" ? what : `${shown(path)}: ${what}`);
  };
  const visit = (value: Json, path: string, depth: number): State => {
    checkDepth("unpack", depth, path);
    if (typeof value !== "object" || value === null) return value;
    const inside = (key: string) => (path === "" ? key : `${path}.${key}`);
    if (Array.isArray(value)) return value.map((element: Json, i) => visit(element, inside(String(i)), depth + 1));
    const parts = value as Readonly<Record<string, Json>>;
    if (Object.hasOwn(parts, TENSOR)) {
      const name = parts[TENSOR];
      if (typeof name !== "string" || !Object.hasOwn(tensors, name)) {
        const what = typeof name === "string" ? `the tensor ${shown(name)} is missing` : "it names no tensor";
        return fail(path, `the saved state is incomplete: ${what}`);
      }
      const tensor = tensors[name] as Tensor;
      if (parts.bytes !== true) return tensor;
      const isBytes = tensor.dtype === "uint8" && tensor.ndim === 1;
      return isBytes
        ? toBytes(tensor)
        : fail(path, `expected bytes, got a ${tensor.dtype} tensor of ${tensor.ndim} dimensions`);
    }
    if (Object.hasOwn(parts, UNDEFINED)) return undefined;
    if (Object.hasOwn(parts, NUMBER)) {
      const text = parts[NUMBER];
      return (
        NUMBERS.get(String(text)) ??
        fail(path, `expected one of ${[...NUMBERS.keys()].join(", ")}, got ${shown(String(text))}`)
      );
    }
    return Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, visit(part, inside(key), depth + 1)]));
  };
  return visit(form, "", 0);
}

function checkDepth(op: string, depth: number, path: string): void {
  if (depth <= MAX_DEPTH) return;
  throw new ValueError(op, `a state is at most ${MAX_DEPTH} levels deep`, `${shown(path)} is deeper`);
}

function shown(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
