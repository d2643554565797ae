import { zeros } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { Lambda } from "./lambda.ts";

describe("Lambda", () => {
  test("calls the function", () => {
    expect(new Lambda((x) => x.view(-1)).apply(zeros([2, 3])).shape).toEqual([6]);
  });

  test("refuses what cannot be called", () => {
    // @ts-expect-error a number is no function
    expect(() => new Lambda(3)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Lambda: Argument lambd should be callable, got 'int'. Hand in a function of one tensor: new Lambda((x) => x.view(-1)).]`,
    );
  });
});
