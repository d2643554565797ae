import { shared } from "../base/global.ts";
import { Generator } from "./generator.ts";
import { nonDeterministicSeed } from "./seed.ts";

/**
 * The generator used when none is named. There is one in a program, even if two copies of this package meet. Until
 * somebody seeds it, nobody can foretell its numbers.
 */
export function defaultGenerator(): Generator {
  return shared("defaultGenerator", () => new Generator(nonDeterministicSeed()));
}

/** Seeds the default generator and returns it (`torch.manual_seed`). */
export function manualSeed(seed: number | bigint): Generator {
  return defaultGenerator().manualSeed(seed);
}

/** The seed that the default generator last started from (`torch.initial_seed`). */
export function initialSeed(): bigint {
  return defaultGenerator().initialSeed();
}

/** Gives the default generator a seed that nobody can foretell, and returns that (`torch.seed`). */
export function seed(): bigint {
  return defaultGenerator().seed();
}

/** The state of the default generator (`torch.get_rng_state`). */
export function getRngState(): Uint8Array {
  return defaultGenerator().getState();
}

/** Puts the default generator back to a saved state (`torch.set_rng_state`). */
export function setRngState(state: Uint8Array): void {
  defaultGenerator().setState(state);
}
