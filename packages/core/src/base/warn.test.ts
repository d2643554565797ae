import { expect, test, vi } from "vitest";
import { setWarningSink, warn } from "./warn.ts";

test("a message is said once, to the sink", () => {
  const said: string[] = [];
  const restore = setWarningSink((message) => said.push(message));
  warn("one");
  warn("two");
  warn("one");
  restore();
  expect(said).toEqual(["one", "two"]);
});

test("a new sink hears everything anew", () => {
  const [first, second]: [string[], string[]] = [[], []];
  const restoreFirst = setWarningSink((message) => first.push(message));
  warn("same");
  const restoreSecond = setWarningSink((message) => second.push(message));
  warn("same");
  restoreSecond();
  warn("same");
  restoreFirst();
  expect(first).toEqual(["same", "same"]);
  expect(second).toEqual(["same"]);
});

test("without a sink warnings go to the console, as PyTorch's UserWarning", () => {
  const spy = vi.spyOn(console, "warn").mockImplementation(() => {});
  const restore = setWarningSink();
  warn("careful");
  expect(spy.mock.calls).toEqual([["UserWarning: careful"]]);
  restore();
  spy.mockRestore();
});
