import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inTurn } from "./turns.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("each work has a turn of its own, once however often it was asked for, and none is lost to one that fails", () => {
  const done: string[] = [];
  const a = () => done.push("a");
  const b = () => {
    done.push("b");
    throw new Error("b");
  };
  inTurn(a);
  inTurn(b);
  inTurn(a);
  inTurn(() => done.push("c"));
  expect(done).toEqual([]);
  vi.advanceTimersByTime(0);
  expect(done).toEqual(["a"]);
  expect(() => vi.advanceTimersByTime(20)).toThrow("b");
  vi.advanceTimersByTime(20);
  expect(done).toEqual(["a", "b", "c"]);
  vi.runAllTimers();
  inTurn(a);
  vi.runAllTimers();
  expect(done).toEqual(["a", "b", "c", "a"]);
});
