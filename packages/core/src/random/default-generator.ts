import { shared } from "../base/global.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { Generator } from "./generator.ts";
import { nonDeterministicSeed } from "./seed.ts";

/**
 * The generator used when none is named. There is one in a program, even if two copies of this package meet. Until
 * somebody seeds it, nobody can foretell its numbers.
 */
export function defaultGenerator(): Generator {
  if (arguments.length > 0) throw surplusArguments("defaultGenerator()", arguments.length);
  return shared("defaultGenerator", () => new Generator(nonDeterministicSeed()));
}

/** Seeds the default generator and returns it (`torch.manual_seed`). */
export function manualSeed(seed: number | bigint): Generator {
  if (arguments.length > 1) throw surplusArguments("manualSeed(seed)", arguments.length);
  return defaultGenerator().manualSeed(seed);
}

/** The seed that the default generator last started from (`torch.initial_seed`). */
export function initialSeed(): bigint {
  if (arguments.length > 0) throw surplusArguments("initialSeed()", arguments.length);
  return defaultGenerator().initialSeed();
}

/** Gives the default generator a seed that nobody can foretell, and returns that (`torch.seed`). */
export function seed(): bigint {
  if (arguments.length > 0) throw surplusArguments("seed()", arguments.length);
  return defaultGenerator().seed();
}

/** The state of the default generator (`torch.get_rng_state`). */
export function getRngState(): Uint8Array {
  if (arguments.length > 0) throw surplusArguments("getRngState()", arguments.length);
  return defaultGenerator().getState();
}

/** Puts the default generator back to a saved state (`torch.set_rng_state`). */
export function setRngState(state: Uint8Array): void {
  if (arguments.length > 1) throw surplusArguments("setRngState(state)", arguments.length);
  defaultGenerator().setState(state);
}
