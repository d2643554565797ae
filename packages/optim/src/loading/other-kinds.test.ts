import { tensor } from "@kindling/core";
import { expect, test } from "vitest";
import * as optim from "../index.ts";

// Loading names the first key that is missing, and leaves the optimizer as it was.

const { Adam, AdamW, RMSprop, SGD } = optim;
const CLASSES = { Adam, AdamW, RMSprop, SGD };
type Name = keyof typeof CLASSES;

const MISSING: Readonly<Record<Name, string>> = { Adam: "betas", AdamW: "betas", RMSprop: "alpha", SGD: "momentum" };

function made(name: Name): optim.Optimizer {
  const p = tensor([1, 2], { requiresGrad: true });
  p.sum().backward();
  return new CLASSES[name]([p], name === "SGD" || name === "RMSprop" ? { momentum: 0.9 } : {});
}

const names = Object.keys(CLASSES) as Name[];
const pairs = names.flatMap((from) => names.map((into) => [from, into] as const));

test.each(pairs.filter(([from, into]) => MISSING[from] !== MISSING[into]))(
  "the state of %s is none for %s",
  (from, into) => {
    const [source, target] = [made(from), made(into)];
    for (const each of [source, target]) each.step();
    const before = JSON.stringify(target.stateDict().param_groups);
    const key = from === "RMSprop" && into === "SGD" ? "dampening" : MISSING[into];
    expect(() => target.loadStateDict(source.stateDict())).toThrow(
      `${into}.loadStateDict: Missing key(s) in state_dict: "param_groups.0.${key}"`,
    );
    expect(JSON.stringify(target.stateDict().param_groups)).toBe(before);
    target.step();
  },
);

test("every optimizer is among them", () => {
  const exported: Readonly<Record<string, unknown>> = optim;
  const isOptimizerClass = (value: unknown): boolean =>
    typeof value === "function" && value.prototype instanceof optim.Optimizer;
  expect(
    Object.keys(exported)
      .filter((name) => isOptimizerClass(exported[name]))
      .sort(),
  ).toEqual(names.sort());
});
