import { expect, test } from "vitest";
import { Store } from "./store.ts";

/** A clock that stands, and what is to be done later. */
function stage() {
  const tasks: { readonly work: () => void; readonly ms: number }[] = [];
  const clock = { time: 0 };
  const options = { later: (work: () => void, ms: number) => tasks.push({ work, ms }), now: () => clock.time };
  const next = () => tasks.shift()?.work();
  return { clock, tasks, options, next };
}

test("watchers are told once for several changes, and only of what they show", () => {
  const { tasks, options, next } = stage();
  const store = new Store({ a: 1, b: 2 }, options);
  const seen: number[] = [];
  const end = store.watch(
    ({ a }) => [a],
    (a) => seen.push(a),
  );
  expect(seen).toEqual([1]);
  store.update({ a: 5 });
  store.update(({ a }) => ({ a: a + 1 }));
  expect(tasks.length).toBe(1);
  next();
  store.update({ b: 3 });
  next();
  expect(seen).toEqual([1, 6]);
  end();
  store.update({ a: 0 });
  next();
  expect(seen).toEqual([1, 6]);
});

test("what comes at once is told at once, and then once a frame", () => {
  const { clock, tasks, options, next } = stage();
  const store = new Store({ a: 1 }, options);
  store.update({ a: 2 });
  expect(tasks[0]?.ms).toBe(0);
  next();
  clock.time = 6;
  store.update({ a: 3 });
  expect(tasks[0]?.ms).toBe(10);
});

test("watchers that take long get tasks of their own, and the last one shows what is true by then", () => {
  const { clock, tasks, options, next } = stage();
  const store = new Store({ a: 1 }, options);
  const seen: string[] = [];
  for (const name of ["x", "y", "z"]) {
    store.watch(
      ({ a }) => [a],
      (a) => {
        clock.time += 3;
        seen.push(`${name}${a}`);
      },
    );
  }
  seen.length = 0;
  store.update({ a: 2 });
  next();
  expect(seen).toEqual(["x2", "y2"]);
  store.update({ a: 3 });
  expect(tasks.map(({ ms }) => ms)).toEqual([0, 10]);
  next();
  next();
  expect(seen).toEqual(["x2", "y2", "z3", "x3", "y3"]);
  next();
  expect(seen.length).toBe(5);
  expect(tasks).toEqual([]);
});
