import { defaultGenerator, Generator, manualSeed, stack, type Tensor } from "@kindling/core";
import { describe, expect, test } from "vitest";
import type { RandomTransform, Transform } from "../transform.ts";

/** An example of a transform: `make` returns a new one each time, `samples` a batch `[N, ...]` of at least two samples. */
export interface TransformCase {
  make(): Transform;
  samples(): Tensor;
}

/**
 * The laws of every transform. One line in a test file:
 *
 * ```ts
 * transformLaws("CenterCrop", { make: () => new CenterCrop(20), samples: () => images });
 * ```
 */
export function transformLaws(name: string, { make, samples }: TransformCase): void {
  describe(`${name} as a transform`, () => {
    test("batch is apply for each sample, and draws the same random numbers", () => {
      const transform = make();
      const batch = samples();
      manualSeed(7);
      const oneByOne = applyEach(transform, batch);
      const afterwards = defaultGenerator().random32();
      if (transform.batch === undefined) return;
      manualSeed(7);
      expect(contents(transform.batch(batch))).toEqual(contents(oneByOne));
      expect(defaultGenerator().random32()).toBe(afterwards);
    });

    test("a call is apply, if it can be called", () => {
      const transform = make();
      const sample = samples().select(0, 0);
      manualSeed(5);
      const applied = contents(transform.apply(sample));
      if (typeof transform !== "function") return;
      manualSeed(5);
      const call: (x: Tensor) => Tensor = transform;
      expect(contents(call(sample))).toEqual(applied);
    });

    test("the same seed gives the same result", () => {
      const results = [1, 2].map(() => {
        manualSeed(3);
        return contents(applyEach(make(), samples()));
      });
      expect(results[0]).toEqual(results[1]);
    });

    test("what it is given stays as it was", () => {
      const batch = samples();
      const before = contents(batch);
      applyEach(make(), batch);
      make().batch?.(batch);
      expect(contents(batch)).toEqual(before);
    });

    test("it prints its name and arguments", () => {
      expect(make().toString()).toMatch(/^\w+\(.*\)$/s);
      expect(make().toString()).not.toContain("[object");
    });

    if (isRandom(make())) randomLaws(make as () => RandomTransform, samples);
  });
}

function randomLaws(make: () => RandomTransform, samples: () => Tensor): void {
  test("makeParams draws, applyParams does not, and apply is the one after the other", () => {
    const transform = make();
    const sample = samples().select(0, 0);
    manualSeed(11);
    const applied = contents(transform.apply(sample));
    const afterwards = defaultGenerator().random32();
    const generator = new Generator(11);
    manualSeed(99);
    const untouched = defaultGenerator().getState();
    const params = transform.makeParams(generator);
    const twice = [1, 2].map(() => contents(transform.applyParams(sample, params)));
    expect(twice).toEqual([applied, applied]);
    expect(generator.random32()).toBe(afterwards);
    expect(defaultGenerator().getState()).toEqual(untouched);
  });
}

function isRandom(transform: Transform): transform is RandomTransform {
  return "makeParams" in transform;
}

function applyEach(transform: Transform, batch: Tensor): Tensor {
  return stack(batch.unbind(0).map((sample) => transform.apply(sample)));
}

function contents(x: Tensor): unknown {
  return { shape: x.shape, dtype: x.dtype, data: x.toTypedArraySync() };
}
