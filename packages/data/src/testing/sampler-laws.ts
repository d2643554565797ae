import { getRngState, manualSeed, setRngState } from "@kindling/core";
import { expectDamageRefused } from "@kindling/core/testing";
import { describe, expect, test } from "vitest";
import type { Sampler } from "../samplers/sampler.ts";

/**
 * The laws of every sampler, of positions and of lists of them. One line in a test file:
 *
 * ```ts
 * samplerLaws("RandomSampler", () => new RandomSampler(10), 10);
 * ```
 *
 * `make` gives a new sampler each time, with new generators if it has any; `size` is that of the data set.
 */
export function samplerLaws(name: string, make: () => Sampler<number | readonly number[]>, size: number): void {
  describe(`${name} as a sampler`, () => {
    test("gives positions of the data set", () => {
      const positions = [...make()].flat();
      expect(positions.length).toBeGreaterThan(0);
      for (const position of positions) {
        expect(Number.isInteger(position)).toBe(true);
        expect(position).toBeGreaterThanOrEqual(0);
        expect(position).toBeLessThan(size);
      }
    });

    test("gives as many as it says, each time", () => {
      const sampler = make();
      const counts = [[...sampler].length, [...sampler].length];
      if (sampler.length !== undefined) expect(counts).toEqual([sampler.length, sampler.length]);
      expect(counts[0]).toBe(counts[1]);
    });

    test("gives the same order for the same seed", () => {
      const epochs = (): unknown => {
        manualSeed(3);
        const sampler = make();
        return [[...sampler], [...sampler]];
      };
      expect(epochs()).toEqual(epochs());
    });

    test("begins anew after an epoch was left early, and epochs may run side by side", () => {
      const sampler = make();
      const count = [...sampler].length;
      for (const _ of sampler) break;
      const [one, other] = [sampler[Symbol.iterator](), sampler[Symbol.iterator]()];
      let taken = 0;
      while (one.next().done !== true) {
        expect(other.next().done).not.toBe(true);
        taken += 1;
      }
      expect(other.next().done).toBe(true);
      expect(taken).toBe(count);
    });

    test("goes on from a saved state as it would have gone on", () => {
      manualSeed(3);
      const sampler = make();
      expect([...sampler]).toBeDefined();
      const [saved, generator] = [sampler.stateDict?.(), getRngState()];
      const unbroken = [[...sampler], [...sampler]];
      manualSeed(99);
      const resumed = make();
      if (saved !== undefined) resumed.loadStateDict?.(saved);
      setRngState(generator);
      expect([[...resumed], [...resumed]]).toEqual(unbroken);
    });

    test("a damaged state is refused with a typed error, and changes nothing", async () => {
      const saved = make();
      if (saved.stateDict === undefined) return;
      expect([...saved]).toBeDefined(); // its generator has gone on: the others' are elsewhere
      await expectDamageRefused<ReturnType<typeof make>>({
        make,
        state: saved.stateDict(),
        use: (sampler) => void [...sampler],
      });
    });
  });
}
