import { afterEach, expect, test, vi } from "vitest";
import { tensor } from "./index.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** Seconds after which a loop that lets nothing in is given up. */
const PATIENCE = 5;

test.each<[string, (arrive: () => void) => void]>([
  ["timers", (arrive) => setTimeout(arrive, 0)],
  ["immediates", (arrive) => setImmediate(arrive)],
])("%s get through a loop that only reads tensors", async (_, schedule) => {
  let arrived = false;
  schedule(() => {
    arrived = true;
  });
  const x = tensor([1, 2]);
  const started = performance.now();
  while (!arrived && performance.now() - started < PATIENCE * 1000) {
    expect(await x.sum().item()).toBe(3);
    await x.data();
    await x.toList();
  }
  expect(arrived).toBe(true);
});

test("reading does not wait for false timers", async () => {
  vi.useFakeTimers();
  const x = tensor([1, 2]);
  for (let i = 0; i < 5; i++) {
    vi.advanceTimersByTime(100);
    expect(await x.toList()).toEqual([1, 2]);
  }
});

test("a value is what it was when it was asked for", async () => {
  const x = tensor([1, 2]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const read = x.data();
  x.add_(1);
  x.dispose();
  expect(await read).toEqual(new Float32Array([1, 2]));
});
