import { expect } from "vitest";
import { KindlingError } from "../base/errors.ts";
import { heldScope } from "../scope/scope.ts";
import { memory } from "../storage/memory.ts";
import { isTensor } from "../tensor/tensor.ts";
import { type Damage, damagesOf } from "./damages.ts";

/** What the law of damaged states needs to know of a holder of state. */
export interface DamageLaw<Holder> {
  /** A new holder that takes `state`, in a state of its own that differs from it. */
  readonly make: () => Holder;
  /** A valid state. */
  readonly state: unknown;
  /** Default: `holder.loadStateDict(state)`. */
  readonly load?: (holder: Holder, state: unknown) => unknown;
  /** Default: `holder.stateDict()`. */
  readonly save?: (holder: Holder) => unknown;
  /** Goes on from an accepted state (a step, an epoch): nothing may be thrown. */
  readonly use?: (holder: Holder) => unknown;
  /** Which damages to try: not those of parts that have the law to themselves. Default: all. */
  readonly tries?: (damage: Damage) => boolean;
  /** Whether a state with this damage is as good as a valid one: PyTorch takes it too. */
  readonly allows?: (damage: Damage) => boolean;
}

type WithState = { loadStateDict(state: never): unknown; stateDict(): unknown };

/**
 * The law of everything that loads a state: a damaged one is refused with an error of Kindling's that names the key, changes nothing and
 * leaves no memory behind; one that is accepted all the same works. Tries every damage of `damagesOf`.
 */
export async function expectDamageRefused<Holder>(law: DamageLaw<Holder>): Promise<void> {
  const load = law.load ?? ((holder, state) => (holder as WithState).loadStateDict(state as never));
  const save = law.save ?? ((holder) => (holder as WithState).stateDict());
  const failures: string[] = [];
  let refused = 0;
  let holder = law.make();
  let before = await content(save, holder);
  for (const damage of damagesOf(law.state)) {
    if (law.tries?.(damage) === false) continue;
    const held = memory().tensors;
    const inside = heldScope();
    let accepted = false;
    try {
      await load(holder, damage.state);
      accepted = true;
      if (DEMANDED.includes(damage.sort) && law.allows?.(damage) !== true)
        failures.push(`${damage.what}: was accepted`);
      await law.use?.(holder);
      await load(holder, await save(holder));
    } catch (error) {
      const problem = accepted
        ? `was accepted, and then failed: ${(error as Error).stack}`
        : problemWith(error, damage);
      if (problem !== null) failures.push(`${damage.what}: ${problem}`);
    }
    inside.dispose();
    if (accepted) {
      (holder as { dispose?(): void }).dispose?.();
      holder = law.make();
      before = await content(save, holder);
      continue;
    }
    refused += 1;
    if (memory().tensors > held) failures.push(`${damage.what}: ${memory().tensors - held} tensors are left`);
    const after = await content(save, holder);
    if (after !== before) failures.push(`${damage.what}: changed ${before} to ${after}`);
    before = after;
  }
  (holder as { dispose?(): void }).dispose?.();
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  if (failures.length > 0) expect.fail(failures.join("\n"));
  expect(refused, "damaged states that were refused").toBeGreaterThan(0);
}

/** Damages that nothing but PyTorch's leniency excuses. */
const DEMANDED: readonly Damage["sort"][] = ["missing", "kind", "shape"];

function problemWith(error: unknown, { path, sort }: Damage): string | null {
  if (!(error instanceof KindlingError)) return `a raw ${(error as Error).stack}`;
  // A number that could be right may be missed in another place: of two parameters' numbers, say.
  // Where a key is a path itself (`sampler.generator`), its last part is named by whoever it belongs to.
  const key = sort === "value" ? undefined : path.at(-1)?.split(".").at(-1);
  return key === undefined || error.message.includes(key) ? null : `the key is not named: ${error.message}`;
}

/** What the holder's state is, as text, with everything read from the device. */
async function content<Holder>(save: (holder: Holder) => unknown, holder: Holder): Promise<string> {
  const inside = heldScope();
  try {
    return JSON.stringify(await plain(await save(holder)), (_, part) =>
      typeof part === "number" && !Number.isFinite(part) ? String(part) : part,
    );
  } finally {
    inside.dispose();
  }
}

/** A state with the elements of its tensors. */
async function plain(state: unknown): Promise<unknown> {
  if (isTensor(state)) return [state.dtype, state.shape, Array.from(await state.toTypedArray())];
  if (state instanceof Uint8Array) return new TextDecoder("latin1").decode(state);
  if (Array.isArray(state)) return Promise.all(state.map(plain));
  if (typeof state !== "object" || state === null) return state;
  const entries = Object.entries(state).map(async ([key, value]) => [key, await plain(value)] as const);
  return Object.fromEntries(await Promise.all(entries));
}
