import { scope } from "../scope/scope.ts";
import { isTensor } from "../tensor/tensor.ts";
import { located } from "./state-reader.ts";

/** Something with a state to save and load; without `stateDict`, its state cannot be restored. */
export interface Stateful {
  stateDict?(): unknown;
  loadStateDict?(state: never): unknown;
}

/** One holder of state among several that are loaded together. */
export interface StatePart {
  /** Where its state is in the whole, for messages. */
  readonly key: string;
  readonly holder: Stateful;
  readonly state: unknown;
}

/**
 * Loads the states of several objects, all of them or none: when one refuses its state, those before it get back what they had.
 * That costs no copy of a tensor's memory and no read from a device.
 *
 * @throws ValueError with the key of the part in front: `optimizer: SGD.loadStateDict: ...`
 */
export function loadTogether(op: string, parts: readonly StatePart[]): void {
  const undo: (() => void)[] = [];
  const held: { dispose(): void }[] = [];
  try {
    for (const { key, holder, state } of parts) {
      const load = (given: unknown): unknown => holder.loadStateDict?.(given as never);
      const before = scope(() => (holder.stateDict === undefined ? undefined : copyOf(holder.stateDict(), held)));
      try {
        load(state);
      } catch (error) {
        for (const restore of undo.reverse()) restore();
        throw located(error, op, key);
      }
      if (before !== undefined) undo.push(() => void load(before));
    }
  } finally {
    for (const tensor of held) tensor.dispose();
  }
}

/** A state as it is now, whatever happens to its owner; its tensors share memory until one of them changes, and go to `held`. */
function copyOf(state: unknown, held: { dispose(): void }[]): unknown {
  if (isTensor(state)) {
    const copy = state.fork("stateDict");
    held.push(copy);
    return copy;
  }
  if (ArrayBuffer.isView(state) || typeof state !== "object" || state === null) return state;
  if (Array.isArray(state)) return state.map((element) => copyOf(element, held));
  return Object.fromEntries(Object.entries(state).map(([key, value]) => [key, copyOf(value, held)]));
}
