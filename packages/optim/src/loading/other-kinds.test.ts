import { tensor } from "@kindling/core";
import { expect, test } from "vitest";
import type { Optimizer } from "../index.ts";
import { makeOptimizer } from "../testing/by-name.ts";
import { optimizerCases } from "../testing/optimizer-cases.ts";

// Loading names the first key that is missing, and leaves the optimizer as it was.

function made(name: string): Optimizer {
  const p = tensor([1, 2], { requiresGrad: true });
  p.sum().backward();
  return makeOptimizer(name, [p], {});
}

const optionsOf = (name: string): string => Object.keys(made(name).defaults).sort().join();

const names = Object.keys(optimizerCases);
const pairs = names.flatMap((from) => names.map((into) => [from, into] as const));

test.each(pairs)("the state of %s is one of %s only where both have the same options", (from, into) => {
  const [source, target] = [made(from), made(into)];
  for (const each of [source, target]) each.step();
  const before = JSON.stringify(target.stateDict().param_groups);
  const load = (): void => target.loadStateDict(source.stateDict());
  if (optionsOf(from) === optionsOf(into)) {
    expect(load).not.toThrow();
  } else {
    expect(load).toThrow(`${into}.loadStateDict: Missing key(s) in state_dict: "param_groups.0.`);
    expect(JSON.stringify(target.stateDict().param_groups)).toBe(before);
  }
  target.step();
});
