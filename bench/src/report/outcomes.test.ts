import { describe, expect, test } from "vitest";
import type { Outcome } from "../run/contestant.ts";
import { bestOf, firstOf, medianOf, ratioOf } from "./outcomes.ts";

const ours: Outcome = { rounds: [[{ s: 1 }, { s: 2 }, { s: 3 }], [{ s: 20 }]] };
const theirs: Outcome = { rounds: [[{ s: 4 }], [{ s: 60 }]] };

describe("outcomes", () => {
  test("medians are over all epochs of all rounds", () => {
    expect(medianOf(ours, "s")).toBe(2.5);
  });

  test("ratios are taken round by round: the slow second one does not count more", () => {
    expect(ratioOf(theirs, ours, "s")).toBe(2.5);
  });

  test("the best is over all epochs of all rounds too", () => {
    expect(bestOf(ours, "s")).toBe(20);
    expect(bestOf({ absent: "not installed" }, "s")).toBeNaN();
  });

  test("the first is the median of the rounds' first epochs", () => {
    expect(firstOf(ours, "s")).toBe(10.5);
    expect(firstOf(undefined, "s")).toBeNaN();
  });

  test("there is none of what is absent", () => {
    expect(medianOf({ absent: "not installed" }, "s")).toBeNaN();
    expect(ratioOf(undefined, ours, "s")).toBeNaN();
  });
});
