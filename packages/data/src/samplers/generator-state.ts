import { type Generator, ValueError } from "@kindling/core";
import type { Sampler, SamplerState } from "./sampler.ts";

/** The state of a generator of one's own; nothing where the default generator is used, whose state is the program's. */
export function saveGenerator(generator: Generator | null): SamplerState {
  return generator === null ? {} : { generator: generator.getState() };
}

/** Sets the generator to a saved state. Throws ValueError when the state was saved without one, or with something else. */
export function loadGenerator(op: string, generator: Generator | null, state: SamplerState): void {
  const { generator: saved, ...others } = state;
  const missing = generator !== null && saved === undefined ? ["generator"] : [];
  const unexpected = [...(generator === null && saved !== undefined ? ["generator"] : []), ...Object.keys(others)];
  for (const [rule, keys] of [
    ["Missing", missing],
    ["Unexpected", unexpected],
  ] as const) {
    if (keys.length === 0) continue;
    throw new ValueError(
      op,
      `${rule} key(s) in state_dict: ${keys.map((key) => `"${key}"`).join(", ")}.`,
      "",
      "Resume with the arguments of the saved run: with a generator if it had one, without if not.",
    );
  }
  if (saved !== undefined) generator?.setState(saved);
}

/** Sets a sampler to a saved state. Throws ValueError when there is something in it and the sampler takes nothing. */
export function loadSampler(op: string, sampler: Sampler<unknown> | null, state: SamplerState): void {
  if (sampler?.loadStateDict !== undefined) sampler.loadStateDict(state);
  else loadGenerator(op, null, state);
}
