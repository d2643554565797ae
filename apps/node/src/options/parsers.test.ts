import { expect, test } from "vitest";
import { numberFromZero } from "./parsers.ts";
import { OPTIONS } from "./train-options.ts";

test("a learning rate may be 0, as PyTorch's SGD has it, and nothing below", () => {
  expect(OPTIONS.lr().parseArg?.("0", undefined)).toBe(0);
  expect(numberFromZero("1e-3")).toBe(0.001);
  for (const text of ["-0.1", "", " ", "fast", "Infinity", "NaN"]) {
    expect(() => numberFromZero(text)).toThrow("It must be a number, 0 or more.");
  }
});
