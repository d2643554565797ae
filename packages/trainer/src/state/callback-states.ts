import type { CallbackOf } from "../callback.ts";
import type { State } from "./pack.ts";

/** What callbacks remember, by name. */
export function callbackStates(callbacks: readonly CallbackOf<never>[]): Record<string, State> {
  const states: Record<string, State> = {};
  for (const [key, callback] of keyed(callbacks)) if (callback.stateDict) states[key] = callback.stateDict();
  return states;
}

/** Gives each callback what it has remembered. States of callbacks that are not there any more are left alone. */
export function loadCallbackStates(
  callbacks: readonly CallbackOf<never>[],
  states: { readonly [name: string]: State },
): void {
  for (const [key, callback] of keyed(callbacks)) {
    const state = states[key];
    if (state !== undefined) callback.loadStateDict?.(state);
  }
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
