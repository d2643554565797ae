import { expect, inject, test } from "vitest";
import { type AskedTiers, isAsked } from "./asked-tiers.ts";
import { tier } from "./tier.ts";

const CHANGED: AskedTiers = { proofs: { ops: ["atan"], devices: ["webgl"], packages: ["nn"] }, marathons: false };

test("laws always run", () => {
  expect(isAsked("laws", {}, CHANGED)).toBe(true);
});

test.each([
  [{ op: "atan" }, true],
  [{ op: "atan_" }, true],
  [{ op: "exp" }, false],
  [{ op: "exp", device: "webgl" }, true],
  [{ device: "wasm" }, false],
  [{ package: "nn" }, true],
  [{}, false],
])("a proof about %j runs where that has changed: %s", (about, runs) => {
  expect(isAsked("proofs", about, CHANGED)).toBe(runs);
});

test("marathons run where they are asked for, and everything where nobody says what", () => {
  expect(isAsked("marathons", { op: "atan" }, CHANGED)).toBe(false);
  expect(isAsked("marathons", {}, { proofs: "all", marathons: true })).toBe(true);
  expect(isAsked("proofs", {}, undefined)).toBe(true);
  expect(isAsked("marathons", {}, undefined)).toBe(true);
});

test("a test that is left out is skipped, and counted with its tier", () => {
  const asked = inject("tiers")?.marathons ?? true;
  expect(tier("marathons")).toEqual({ skip: !asked, meta: { tier: "marathons", left: !asked } });
});
