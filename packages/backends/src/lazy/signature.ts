import type { Shape } from "@kindling/core";
import type { Attribute, Attributes, Operand, TensorSpec } from "@kindling/core/device";

/** All that is known of a kernel call but for the elements of its inputs. Equal calls have the same signature. */
export interface Signature {
  readonly id: number;
  readonly kernel: string;
  /** The names of the inputs; null for a list. */
  readonly names: readonly string[] | null;
  /** The inputs as they are read. */
  readonly inputs: readonly TensorSpec[];
  readonly attrs: Attributes;
  readonly outs: readonly TensorSpec[];
  /** The one that was recorded after it last. */
  next: Signature | null;
}

const known = new Map<string, Signature>();

/** Signatures remembered at most: a program whose shapes never repeat must not fill the memory. */
const KEPT = 20_000;

let nextId = 0;
let last: Signature | null = null;

/** The signature of a call. A program records the same calls in the same order, step by step: that of the call that came next last time is tried first. */
export function signatureOf(
  kernel: string,
  names: readonly string[] | null,
  inputs: readonly Operand[],
  attrs: Attributes,
  outs: readonly TensorSpec[],
): Signature {
  const guess = last?.next ?? null;
  if (guess !== null && isOf(guess, kernel, names, inputs, attrs, outs)) {
    last = guess;
    return guess;
  }
  const key = textOf(kernel, names, inputs, attrs, outs);
  let signature = known.get(key);
  if (signature === undefined) {
    if (known.size >= KEPT) known.clear();
    const specs = (list: readonly TensorSpec[]): TensorSpec[] =>
      list.map(({ dtype, shape }) => ({ dtype, shape: [...shape] }));
    const [given, made] = [specs(inputs), specs(outs)];
    signature = { id: nextId++, kernel, names, inputs: given, attrs: { ...attrs }, outs: made, next: null };
    known.set(key, signature);
  }
  if (last !== null) last.next = signature;
  last = signature;
  return signature;
}

function isOf(
  signature: Signature,
  kernel: string,
  names: readonly string[] | null,
  inputs: readonly Operand[],
  attrs: Attributes,
  outs: readonly TensorSpec[],
): boolean {
  return (
    signature.kernel === kernel &&
    haveSpecs(inputs, signature.inputs) &&
    haveSpecs(outs, signature.outs) &&
    isSameList(names, signature.names) &&
    areSameAttributes(attrs, signature.attrs)
  );
}

function haveSpecs(given: readonly TensorSpec[], specs: readonly TensorSpec[]): boolean {
  if (given.length !== specs.length) return false;
  for (let i = 0; i < specs.length; i++) {
    const [one, other] = [given[i] as TensorSpec, specs[i] as TensorSpec];
    if (one.dtype !== other.dtype || !isSameList(one.shape, other.shape)) return false;
  }
  return true;
}

function isSameList(one: readonly unknown[] | null, other: readonly unknown[] | null): boolean {
  if (one === null || other === null) return one === other;
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (!Object.is(one[i], other[i])) return false;
  return true;
}

/** Whether they are equal, and in the same order. */
function areSameAttributes(one: Attributes, other: Attributes): boolean {
  const names = Object.keys(one);
  if (!isSameList(names, Object.keys(other))) return false;
  for (const name of names) {
    const [a, b] = [one[name], other[name]];
    if (!(Array.isArray(a) && Array.isArray(b) ? isSameList(a, b) : Object.is(a, b))) return false;
  }
  return true;
}

function textOf(
  kernel: string,
  names: readonly string[] | null,
  inputs: readonly Operand[],
  attrs: Attributes,
  outs: readonly TensorSpec[],
): string {
  let text = kernel;
  for (let i = 0; i < inputs.length; i++) {
    const { dtype, shape } = inputs[i] as Operand;
    text += names === null ? `|${dtype}` : `|${names[i]}${dtype}`;
    text += textOfShape(shape);
  }
  for (const name in attrs) text += `|${name}=${textOfAttribute(attrs[name])}`;
  for (let i = 0; i < outs.length; i++) {
    const { dtype, shape } = outs[i] as TensorSpec;
    text += `>${dtype}`;
    text += textOfShape(shape);
  }
  return text;
}

/** As `String(shape)` says it, at a third of the time. */
function textOfShape(shape: Shape): string {
  let text = "";
  for (let i = 0; i < shape.length; i++) text += `,${shape[i]}`;
  return text;
}

function textOfAttribute(attribute: Attribute): string {
  return Object.is(attribute, -0) ? "-0" : String(attribute);
}
