import { expect, test } from "vitest";
import { Store } from "./store.ts";

test("watchers are told once for several changes, and only of what they show", () => {
  const scheduled: (() => void)[] = [];
  const store = new Store({ a: 1, b: 2 }, (flush) => scheduled.push(flush));
  const seen: number[] = [];
  const end = store.watch(
    ({ a }) => [a],
    (a) => seen.push(a),
  );
  expect(seen).toEqual([1]);
  store.update({ a: 5 });
  store.update(({ a }) => ({ a: a + 1 }));
  expect(scheduled.length).toBe(1);
  scheduled.pop()?.();
  store.update({ b: 3 });
  scheduled.pop()?.();
  expect(seen).toEqual([1, 6]);
  end();
  store.update({ a: 0 });
  scheduled.pop()?.();
  expect(seen).toEqual([1, 6]);
});
