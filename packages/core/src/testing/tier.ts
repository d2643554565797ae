import { inject, type TestOptions } from "vitest";
import { isAsked, type Subject, type Tier } from "./asked-tiers.ts";
import type {} from "./task-meta.ts";

/**
 * The options of a test, or of a `describe`, that is a proof or a marathon: it is skipped where the run leaves it to CI. A project that
 * provides no `tiers` runs everything.
 *
 * @example test("200 steps are flat", tier("marathons"), () => { ... });
 * @example describe("derivatives", tier("proofs", { device: "webgl" }), () => { ... });
 */
export function tier(name: Exclude<Tier, "laws">, about: Subject = {}): TestOptions {
  const left = !isAsked(name, about, inject("tiers"));
  return { skip: left, meta: { tier: name, left } };
}
