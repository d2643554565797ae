import { describe, expect, test } from "vitest";
import { callSite } from "./call-site.ts";
import { depthWithin, type Frame, framesOf, isWithin, readFrame, runningOf } from "./frames.ts";

const read = (lines: readonly string[]): Frame[] => lines.flatMap(readFrame);

describe("frames", () => {
  test("are those of the callers, innermost first", () => {
    const inner = () => callSite();
    function outer() {
      return inner();
    }
    const frames = framesOf(outer());
    expect(frames[0]?.text).toMatch(/inner .*frames\.test\.ts:\d+:\d+/);
    expect(frames[1]?.text).toMatch(/outer .*frames\.test\.ts:\d+:\d+/);
  });

  test("are many more than an error shows by itself, which is left as it was", () => {
    const limit = Error.stackTraceLimit;
    const deep = (n: number): ReturnType<typeof callSite> => (n === 0 ? callSite() : deep(n - 1));
    expect(framesOf(deep(50)).length).toBeGreaterThan(50);
    expect(Error.stackTraceLimit).toBe(limit);
  });

  test.each([
    [
      "V8",
      "Error\n    at callSite (a.js:1:2)\n    at f (https://x.org/a.js:3:4)\n    at async g (file:///b.js:5:6)\n    at b.js:7:8",
    ],
    ["SpiderMonkey and JavaScriptCore", "callSite@a.js:1:2\nf@https://x.org/a.js:3:4\ng@file:///b.js:5:6\n@b.js:7:8\n"],
  ])("as %s writes them", (_, stack) => {
    const frames = framesOf({ stack });
    expect(frames.map(({ line, column }) => [line, column])).toEqual([
      [3, 4],
      [5, 6],
      [7, 8],
    ]);
  });

  test("are none where there is no stack", () => {
    expect(framesOf({})).toEqual([]);
    expect(isWithin([], [])).toBe(false);
  });
});

describe("a moment is within a call", () => {
  const at = (...frames: string[]): Frame[] => read(frames.map((frame) => `    at ${frame}`));
  const origin = at("train (a.js:10:5)", "main (a.js:50:3)");

  test.each<[string, boolean, Frame[]]>([
    ["further on in it", true, at("train (a.js:11:1)", "main (a.js:50:3)")],
    ["further on in its line", true, at("train (a.js:10:9)", "main (a.js:50:3)")],
    ["in what it calls", true, at("rand (core.js:1:1)", "f (a.js:2:2)", "train (a.js:12:1)", "main (a.js:50:3)")],
    ["before it", false, at("train (a.js:9:5)", "main (a.js:50:3)")],
    ["at it", false, at("train (a.js:10:5)", "main (a.js:50:3)")],
    ["in the caller, afterwards", false, at("main (a.js:51:3)")],
    ["in what the caller calls afterwards", false, at("train (a.js:12:1)", "main (a.js:51:3)")],
    ["in another function", false, at("predict (a.js:12:1)", "main (a.js:50:3)")],
    ["in another task", false, at("train (a.js:12:1)")],
    ["nowhere", false, []],
  ])("%s", (_, within, frames) => {
    expect(isWithin(origin, frames)).toBe(within);
  });

  test("never where the stack is too deep to be seen whole", () => {
    const deep = read(Array.from({ length: 200 }, (_, i) => `    at f (a.js:${i}:1)`));
    expect(isWithin(deep, deep)).toBe(false);
  });
});

describe("frames of code that goes on after an await", () => {
  test.each([
    ["Chrome", ["    at f (a.js:2:2)", "    at train (a.js:12:1)", "    at async main (a.js:50:3)"]],
    [
      "Node",
      [
        "    at f (a.js:2:2)",
        "    at train (a.js:12:1)",
        "    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
        "    at async main (a.js:50:3)",
      ],
    ],
    ["Firefox", ["f@a.js:2:2", "train@a.js:12:1", "async*main@a.js:50:3"]],
    ["Safari", ["f@a.js:2:2", "train@a.js:12:1"]],
  ])("%s: the functions that await it are not running", (_, frames) => {
    expect(runningOf(read(frames))).toEqual(read(frames.slice(0, 2)));
  });

  test("a function is the same one wherever it is, running or awaiting", () => {
    const fn = (line: string): string | undefined => readFrame(line)[0]?.fn;
    const same = ["    at train (a.js:12:1)", "    at train (a.js:90:7)", "    at async train (a.js:13:1)"].map(fn);
    expect(new Set(same).size).toBe(1);
    expect(fn("    at test (a.js:12:1)")).not.toBe(same[0]);
    expect(fn("async*train@a.js:1:1")).toBe(fn("train@a.js:2:2"));
  });

  test("how deep a moment is within a call", () => {
    const call = read(["    at train (a.js:10:5)", "    at main (a.js:50:3)"]);
    const inside = read(["    at f (a.js:2:2)", "    at train (a.js:9:1)", "    at main (a.js:50:3)"]);
    expect(depthWithin(call, inside)).toBe(2);
    expect(depthWithin(call, read(["    at f (a.js:2:2)", "    at main (a.js:50:3)"]))).toBe(0);
    expect(depthWithin(call, [])).toBe(0);
  });
});
