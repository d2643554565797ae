import { expect, test } from "vitest";
import { pipFailure, pythonWithPip } from "./pip.ts";

const failure = (stderr: string): string => pipFailure("tensorflow-cpu==9.9.9", { stdout: "", stderr }).message;

test("no Python", async () => {
  await expect(pythonWithPip("no-such-python", "/nowhere")).rejects.toThrow(
    "There is no Python: no-such-python was not found.",
  );
});

test("a Python without pip that can make no environment either", async () => {
  // Node stands for it: it runs, and knows neither.
  await expect(pythonWithPip(process.execPath, "/nowhere")).rejects.toThrow(/has no pip, and can make no environment/);
});

test("no such version: pip's list of those there are", () => {
  const versions = Array.from({ length: 12 }, (_, i) => `2.${i + 10}.0`).join(", ");
  expect(
    failure(`ERROR: Could not find a version that satisfies the requirement tensorflow-cpu==9.9.9 (from versions: ${versions})
ERROR: No matching distribution found for tensorflow-cpu==9.9.9`),
  ).toMatchInlineSnapshot(`
    "pip finds no tensorflow-cpu==9.9.9 for this machine.
    Choose another with --version. It offers 2.14.0, 2.15.0, 2.16.0, 2.17.0, 2.18.0, 2.19.0, 2.20.0, 2.21.0."
  `);
  expect(failure("(from versions: none)\nERROR: No matching distribution found for x")).toContain("no version at all");
});

test("no space, and anything else in pip's own words", () => {
  expect(failure("OSError: [Errno 28] No space left on device")).toContain("The disk is full.");
  expect(failure("\nERROR: HTTP error 403\n")).toContain(
    "pip could not fetch tensorflow-cpu==9.9.9:\nERROR: HTTP error 403",
  );
});
