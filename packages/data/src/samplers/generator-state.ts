import { type Generator, ValueError } from "@kindling/core";
import type { SamplerState } from "./sampler.ts";

/** The state of a generator of one's own; nothing where the default generator is used, whose state is the program's. */
export function saveGenerator(generator: Generator | null): SamplerState {
  return generator === null ? {} : { generator: generator.getState() };
}

/** Sets the generator to a saved state. Throws ValueError when the state was saved without one, or with one too many. */
export function loadGenerator(op: string, generator: Generator | null, state: SamplerState): void {
  const { generator: saved } = state;
  if (generator !== null && saved !== undefined) generator.setState(saved);
  else if (generator !== null || saved !== undefined) {
    throw new ValueError(
      op,
      generator === null
        ? 'Unexpected key(s) in state_dict: "generator". '
        : 'Missing key(s) in state_dict: "generator". ',
      "",
      "Resume with the arguments that the saved run had: with a generator if it had one, without if not.",
    );
  }
}
