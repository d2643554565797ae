import { type Shape, ShapeError } from "@kindling/core";
import { numel, sameShape } from "@kindling/core/extend";
import type { NetSizes } from "./make-net.ts";
import { weightShapes } from "./weight-shapes.ts";

/** Tensors by name, of which only the shape is looked at: a state dict, or the header of a file. */
export type Shapes = Readonly<Record<string, { readonly shape: Shape }>>;

/**
 * Holds weights against the network of this form before it is built: a file of a few hundred bytes can name sizes that take
 * gigabytes to build. Weights that pass have as many elements as the network has.
 *
 * @throws ShapeError naming the first tensor that is missing, left over, empty, or of another shape
 */
export function checkWeights(op: string, form: NetSizes, weights: Shapes): void {
  const expected = weightShapes(form);
  const fail = (rule: string, got = ""): never => {
    throw new ShapeError(op, rule, got, "Give the weights of a network of these sizes.");
  };
  const missing = [...expected.keys()].filter((name) => !Object.hasOwn(weights, name));
  if (missing.length > 0) fail(`Missing key(s) in state_dict: ${listed(missing)}`);
  const unexpected = Object.keys(weights).filter((name) => !expected.has(name));
  if (unexpected.length > 0) fail(`Unexpected key(s) in state_dict: ${listed(unexpected)}`);
  for (const [name, wanted] of expected) {
    const { shape } = weights[name] as Shapes[string];
    if (!sameShape(shape, wanted)) {
      fail(
        `size mismatch for ${name}: copying a param with shape torch.Size(${brief(shape)}) from checkpoint, the shape in current model is torch.Size(${brief(wanted)})`,
      );
    }
    if (numel(shape) === 0) fail("a layer must not be empty", `${name} is ${brief(shape)}`);
  }
}

/** The first of the tensors with their shapes, for a message. */
export function described(weights: Shapes): string {
  const all = Object.entries(weights).map(([name, { shape }]) => `${short(name)} ${brief(shape)}`);
  return firstOf(all);
}

function listed(names: readonly string[]): string {
  return firstOf(names.map((name) => `"${short(name)}"`));
}

function firstOf(texts: readonly string[]): string {
  return texts.slice(0, 8).join(", ") + (texts.length > 8 ? ", ..." : "");
}

/** A name as a message may quote it: in a hostile file it can be megabytes long. */
function short(name: string): string {
  return name.length <= 80 ? name : `${name.slice(0, 77)}...`;
}

function brief(shape: Shape): string {
  return `[${shape.slice(0, 8).join(", ")}${shape.length > 8 ? ", ..." : ""}]`;
}
