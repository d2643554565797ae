import { expect, test } from "vitest";
import { ones } from "../api/creation.ts";
import { ValueError } from "../base/errors.ts";
import { StateReader } from "../state/state-reader.ts";
import { expectDamageRefused } from "./damage-law.ts";
import { damagesOf } from "./damages.ts";

const state = { count: 2, rows: [{ weight: ones([2]) }], bytes: Uint8Array.of(1, 2), name: null };

test("every place of a state is damaged, and the state stays as it is", () => {
  const before = structuredClone({ ...state, rows: [] });
  const damages = [...damagesOf(state)];
  expect({ ...state, rows: [] }).toEqual(before);
  const of = (path: string) => damages.filter((damage) => damage.path.join(".") === path).map(({ what }) => what);
  expect(of("count").map((what) => what.slice("count: ".length))).toEqual([
    "deleted",
    "null",
    "undefined",
    "'damaged'",
    "[]",
    "{}",
    "true",
    "NaN",
    "-1",
    "0.5",
    "huge",
    "Infinity",
  ]);
  expect(of("rows.0.weight")).toContain("rows.0.weight: another size");
  expect(of("rows.0.__proto__")).toEqual(["rows.0.__proto__: added"]);
  expect(of("bytes")).toContain("bytes: cut off");
  expect(damages.length).toBe(new Set(damages.map(({ what }) => what)).size);
  for (const { state: damaged } of damages) expect(damaged).not.toEqual(state);
});

/** Holds one number, and is as careful as `load` is. */
class Counter {
  count = 1;
  readonly #load: (counter: Counter, state: { count: number }) => void;
  constructor(load: (counter: Counter, state: { count: number }) => void) {
    this.#load = load;
  }
  stateDict() {
    return { count: this.count };
  }
  loadStateDict(state: { count: number }): void {
    this.#load(this, state);
  }
}

test.each<[string, (counter: Counter, state: { count: number }) => void, string | null]>([
  [
    "careful",
    (counter, given) => {
      counter.count = new StateReader("Counter", given).count("count");
    },
    null,
  ],
  [
    "trusting",
    (counter, given) => {
      counter.count = given.count;
    },
    "count: null: was accepted",
  ],
  [
    "raw",
    (counter, given) => {
      counter.count = Number((given as { count: number }).count.toFixed(0));
    },
    "a raw TypeError",
  ],
  [
    "changing itself before it looks",
    (counter, given) => {
      counter.count = 5;
      counter.count = new StateReader("Counter", given).count("count");
    },
    'changed {"count":1} to {"count":5}',
  ],
  [
    "not saying where",
    (counter, given) => {
      if (!Number.isInteger(given?.count) || given.count < 0) throw new ValueError("Counter", "the state is damaged");
      counter.count = given.count;
    },
    "the key is not named",
  ],
])("the law of damaged states holds for what is careful, and finds what is not: %s", async (_, load, problem) => {
  const law = expectDamageRefused({ make: () => new Counter(load), state: { count: 3 } });
  if (problem === null) await law;
  else await expect(law).rejects.toThrow(problem);
});
