import { isTensor, noGrad, type Tensor, ValueError } from "@kindling/core";
import { StateReader } from "@kindling/core/extend";
import { Examples } from "./examples.ts";
import type { Expected } from "./expected.ts";
import { checkSizes, numbered, readOptions } from "./read-groups.ts";
import { readState, type State } from "./read-state.ts";

/** A state dict that was read to the end: putting it in place cannot fail. */
export interface ReadState {
  /** The options of each group, by our names. */
  readonly options: readonly Readonly<Record<string, unknown>>[];
  /** The state of each parameter: copies, on its device and in its dtype. */
  readonly state: ReadonlyMap<Tensor, State>;
}

/**
 * Reads a state dict and changes nothing.
 *
 * @throws ValueError naming the key, for a state that the optimizer could not go on from
 */
export function readStateDict(op: string, stateDict: unknown, expected: Expected): ReadState {
  const saved = new StateReader(op, stateDict);
  checkKeys(op, saved);
  const savedGroups = saved.objects("param_groups");
  const { groups } = expected;
  checkSizes(op, groups, savedGroups);
  const byNumber = numbered(groups, savedGroups);
  const options = groups.map((group, i) => readOptions(savedGroups[i] as StateReader, group, expected));

  const all = saved.object("state");
  const examples = new Examples(groups, options, expected.init);
  const state = new Map<Tensor, State>();
  try {
    for (const key of all.keys()) {
      const found = byNumber.get(key);
      if (found === undefined) throw all.broken(key, "no group lists a parameter of this number");
      const own = all.object(key);
      // As after a step without a gradient: nothing is remembered yet.
      if (own.keys().length === 0) continue;
      const [parameter, g] = found;
      const into: State = {};
      state.set(parameter, into);
      noGrad(() => readState(into, own, parameter, examples.of(parameter, g)));
      if (Object.keys(into).length === 0) state.delete(parameter);
    }
  } catch (error) {
    for (const own of state.values()) for (const value of Object.values(own)) if (isTensor(value)) value.dispose();
    throw error;
  }
  return { options, state };
}

/** Throws for what is no state dict of an optimizer: of a network, say. */
function checkKeys(op: string, saved: StateReader): void {
  for (const key of ["param_groups", "state"]) {
    const value = saved.has(key) ? saved.value(key) : undefined;
    if (key === "state" ? typeof value === "object" && value !== null : Array.isArray(value)) continue;
    const keys = saved.keys().slice(0, 3);
    throw new ValueError(
      op,
      `KeyError: '${key}'`,
      keys.length === 0 ? "the state dict is empty" : `the state dict has ${keys.join(", ")}`,
      "Give what stateDict() of an optimizer gave.",
    );
  }
}
