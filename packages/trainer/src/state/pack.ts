import { isTensor, type Tensor, ValueError } from "@kindling/core";
import type { Json } from "./json.ts";

/** What a state can be made of: anything that JSON can hold, any number, bytes and tensors. */
export type State = Json | Tensor | Uint8Array | undefined | readonly State[] | { readonly [key: string]: State };

/** A state in two parts: a form in JSON, and the tensors that it refers to. */
export interface Packed {
  readonly form: Json;
  readonly tensors: Readonly<Record<string, Tensor>>;
}

const TENSOR = "$tensor";
const NUMBER = "$number";
const UNDEFINED = "$undefined";

/**
 * Takes a state apart. A tensor is named by its path (`model.l1.weight`); bytes become a tensor by way of `ofBytes`;
 * numbers that JSON lacks (NaN, infinities, -0) are written as text.
 */
export function pack(state: State, ofBytes: (bytes: Uint8Array) => Tensor): Packed {
  const tensors: Record<string, Tensor> = {};
  const visit = (value: State, path: string): Json => {
    if (isTensor(value) || value instanceof Uint8Array) {
      const bytes = !isTensor(value);
      tensors[path] = bytes ? ofBytes(value) : value;
      return { [TENSOR]: path, bytes };
    }
    if (value === undefined) return { [UNDEFINED]: true };
    if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) {
      return { [NUMBER]: Object.is(value, -0) ? "-0" : String(value) };
    }
    if (typeof value !== "object" || value === null) return value;
    const inside = (key: string) => (path === "" ? key : `${path}.${key}`);
    if (Array.isArray(value)) return value.map((element: State, i) => visit(element, inside(String(i))));
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, visit(part, inside(key))]));
  };
  return { form: visit(state, ""), tensors };
}

/**
 * Puts together what `pack` has taken apart.
 *
 * @throws ValueError when the form refers to a tensor that is not there
 */
export function unpack({ form, tensors }: Packed, toBytes: (tensor: Tensor) => Uint8Array): State {
  if (typeof form !== "object" || form === null) return form;
  if (Array.isArray(form)) return form.map((element: Json) => unpack({ form: element, tensors }, toBytes));
  const parts = form as Readonly<Record<string, Json>>;
  const name = parts[TENSOR];
  if (typeof name === "string") {
    const tensor = tensors[name];
    if (tensor === undefined) throw new ValueError("unpack", "the saved state is incomplete", `${name} is missing`);
    return parts.bytes === true ? toBytes(tensor) : tensor;
  }
  if (parts[UNDEFINED] === true) return undefined;
  if (typeof parts[NUMBER] === "string") return Number(parts[NUMBER]);
  return Object.fromEntries(
    Object.entries(parts).map(([key, part]) => [key, unpack({ form: part, tensors }, toBytes)]),
  );
}
