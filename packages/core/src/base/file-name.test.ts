import { posix, win32 } from "node:path";
import { expect, test } from "vitest";
import { checkFileName } from "./file-name.ts";

const check = (name: unknown) => () => checkFileName("CsvLogger", "filename", name);

test.each([
  "history.csv",
  "MNIST",
  "train-images-idx3-ubyte.gz",
  ".lock",
  "..a",
  "a..b",
  "숫자",
  "console.log",
  "com10",
  "lpt",
  "a".repeat(255),
])("%s is a name", (name) => {
  expect(check(name)).not.toThrow();
  for (const { resolve, dirname } of [posix, win32]) expect(dirname(resolve("root", name))).toBe(resolve("root"));
});

test.each([
  "",
  ".",
  "..",
  "../escaped",
  "../../escaped",
  "a/b",
  "/etc/passwd",
  "a\\b",
  "..\\escaped",
  "\\\\server\\share",
  "C:",
  "C:escaped",
  "C:\\escaped",
  "history.csv:stream",
  "a\0b",
  "a\nb",
  "a*",
  'a"b',
  "CON",
  "nul.csv",
  "com1",
  "LPT¹.txt",
  "CONOUT$",
  "a.",
  "a ",
  "a".repeat(256),
  "가".repeat(86),
  3,
  null,
  undefined,
  ["a"],
  { toString: () => "a" },
])("%j is none", (name) => {
  expect(check(name)).toThrow("CsvLogger: filename must be the plain name of a file or folder: ");
});

test("the error says what is wrong, in one line", () => {
  expect(check("../../escaped")).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: CsvLogger: filename must be the plain name of a file or folder: "../../escaped" holds "/". Use letters, digits, ., - and _.]`,
  );
  expect(check("a\nb")).toThrow('"a\\nb" holds "\\n"');
});
