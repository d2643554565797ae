import type { StatePart } from "@kindling/core/extend";
import type { CallbackOf } from "../callback.ts";
import type { State } from "./pack.ts";

/** The states of callbacks, by name. */
export function callbackStates(callbacks: readonly CallbackOf<never>[]): Record<string, State> {
  const states = keyed(callbacks).flatMap(([key, callback]): [string, State][] =>
    callback.stateDict === undefined ? [] : [[key, callback.stateDict()]],
  );
  return Object.fromEntries(states);
}

/** The state that each callback loads. States of callbacks that are gone are ignored. */
export function callbackParts(
  callbacks: readonly CallbackOf<never>[],
  states: { readonly [name: string]: State },
): StatePart[] {
  return keyed(callbacks)
    .filter(([key]) => Object.hasOwn(states, key))
    .map(([key, holder]) => ({ key: `callbacks.${key}`, holder, state: states[key] }));
}

/** Each with its name; from the second of a name on, with a number. */
function keyed(callbacks: readonly CallbackOf<never>[]): [string, CallbackOf<never>][] {
  const counts = new Map<string, number>();
  return callbacks.map((callback) => {
    const count = (counts.get(callback.name) ?? 0) + 1;
    counts.set(callback.name, count);
    return [count === 1 ? callback.name : `${callback.name}#${count}`, callback];
  });
}
