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
}

const known = new Map<string, Signature>();

/** Signatures remembered at most: a program whose shapes never repeat must not fill the memory. */
const KEPT = 20_000;

let nextId = 0;

/** The signature of a call. Recording asks for it op by op: a text that is looked up is the quickest. */
export function signatureOf(
  kernel: string,
  names: readonly string[] | null,
  inputs: readonly Operand[],
  attrs: Attributes,
  outs: readonly TensorSpec[],
): Signature {
  let key = kernel;
  for (let i = 0; i < inputs.length; i++) {
    const { dtype, shape } = inputs[i] as Operand;
    key += names === null ? `|${dtype}` : `|${names[i]}${dtype}`;
    key += textOfShape(shape);
  }
  for (const name in attrs) key += `|${name}=${textOf(attrs[name])}`;
  for (let i = 0; i < outs.length; i++) {
    const { dtype, shape } = outs[i] as TensorSpec;
    key += `>${dtype}`;
    key += textOfShape(shape);
  }
  let signature = known.get(key);
  if (signature === undefined) {
    if (known.size >= KEPT) known.clear();
    const specs = (list: readonly TensorSpec[]): TensorSpec[] =>
      list.map(({ dtype, shape }) => ({ dtype, shape: [...shape] }));
    signature = { id: nextId++, kernel, names, inputs: specs(inputs), attrs: { ...attrs }, outs: specs(outs) };
    known.set(key, signature);
  }
  return signature;
}

/** As `String(shape)` says it, at a third of the time. */
function textOfShape(shape: Shape): string {
  let text = "";
  for (let i = 0; i < shape.length; i++) text += `,${shape[i]}`;
  return text;
}

function textOf(attribute: Attribute): string {
  return Object.is(attribute, -0) ? "-0" : String(attribute);
}
