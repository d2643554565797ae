import { Generator, ValueError } from "@kindling/core";
import { StateReader } from "@kindling/core/extend";
import type { Sampler, SamplerState } from "./sampler.ts";

/** The state of a generator of one's own; nothing where the default generator is used, whose state is the program's. */
export function saveGenerator(generator: Generator | null): SamplerState {
  return generator === null ? {} : { generator: generator.getState() };
}

/**
 * Checks a saved state for `generator`, and gives what puts it in place, which cannot fail.
 *
 * @throws ValueError when the state was saved with other generators, or is damaged
 */
export function readGenerator(op: string, generator: Generator | null, state: SamplerState): () => void {
  const saved = new StateReader(op, state);
  const missing = generator !== null && !saved.has("generator") ? ["generator"] : [];
  const unexpected = saved.keys().filter((key) => generator === null || key !== "generator");
  for (const [rule, keys] of [
    ["Missing", missing],
    ["Unexpected", unexpected],
  ] as const) {
    if (keys.length === 0) continue;
    throw new ValueError(
      op,
      `${rule} key(s) in state_dict: ${keys.map((key) => `"${saved.path(key)}"`).join(", ")}.`,
      "",
      "Resume with the arguments of the saved run: with a generator if it had one, without if not.",
    );
  }
  if (generator === null) return () => {};
  const bytes = saved.bytes("generator");
  saved.within("generator", () => new Generator().setState(bytes));
  return () => void generator.setState(bytes);
}

/** Sets the generator to a saved state. Throws ValueError when the state was saved with other generators, or is damaged. */
export function loadGenerator(op: string, generator: Generator | null, state: SamplerState): void {
  readGenerator(op, generator, state)();
}

/** Sets a sampler to a saved state. Throws ValueError when there is something in it and the sampler takes nothing. */
export function loadSampler(op: string, sampler: Sampler<unknown> | null, state: SamplerState): void {
  if (sampler?.loadStateDict !== undefined) sampler.loadStateDict(state);
  else loadGenerator(op, null, state);
}
