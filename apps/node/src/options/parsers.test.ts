import { expect, test } from "vitest";
import { makeProgram } from "../program.ts";
import { numberFromZero } from "./parsers.ts";
import { OPTIONS } from "./train-options.ts";

test("a learning rate may be 0, as PyTorch's SGD has it, and nothing below", () => {
  expect(OPTIONS.lr().parseArg?.("0", undefined)).toBe(0);
  expect(numberFromZero("1e-3")).toBe(0.001);
  for (const text of ["-0.1", "", " ", "fast", "Infinity", "NaN"]) {
    expect(() => numberFromZero(text)).toThrow("It must be a number, 0 or more.");
  }
});

const withPaths = makeProgram(() => {}).commands.flatMap((command) =>
  command.options
    .filter(({ flags }) => /<(?:file|folder|run)>/.test(flags))
    .map((option) => [command.name(), option] as const),
);

test.each(withPaths)("%s: a path is not empty", (_, option) => {
  for (const text of ["", " "]) expect(() => option.parseArg?.(text, undefined)).toThrow("It must not be empty.");
  expect(option.parseArg?.("a b", undefined)).toBe("a b");
});

test("there are paths among the options of every command that reads or writes files", () => {
  expect(new Set(withPaths.map(([name]) => name))).toEqual(new Set(["train", "sweep", "predict", "export", "data"]));
});
