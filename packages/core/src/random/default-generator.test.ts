import { afterEach, expect, test } from "vitest";
import { defaultGenerator, getRngState, initialSeed, manualSeed, seed, setRngState } from "./default-generator.ts";
import { uniform } from "./uniform.ts";

const before = getRngState();
afterEach(() => setRngState(before));

test("is one, under a name that another copy of the package finds", () => {
  const registry = globalThis as unknown as Record<symbol, unknown>;
  expect(registry[Symbol.for("kindling.defaultGenerator")]).toBe(defaultGenerator());
});

test("manualSeed seeds it and returns it", () => {
  expect(manualSeed(0)).toBe(defaultGenerator());
  expect(uniform(defaultGenerator(), 3)).toEqual(Float32Array.of(0.49625659, 0.7682218, 0.08847743));
  expect(initialSeed()).toBe(0n);
});

test("its state comes back", () => {
  const state = getRngState();
  const drawn = uniform(defaultGenerator(), 4);
  setRngState(state);
  expect(uniform(defaultGenerator(), 4)).toEqual(drawn);
});

test("seed() starts it anywhere", () => {
  expect(seed()).toBe(initialSeed());
});
