import { describe, expect, test } from "vitest";
import type { Command } from "./contestant.ts";
import { runContestant } from "./run-contestant.ts";

const script = (code: string): Command => [process.execPath, "-e", code];

describe("runContestant", () => {
  test("collects lines of JSON and passes over others", async () => {
    const run = script("console.log('hello'); console.log('{\"seconds\": 2}')");
    expect(await runContestant(run)).toEqual([{ seconds: 2 }]);
  });

  test("takes one whose package is missing for absent", async () => {
    const run: Command = [process.execPath, "--input-type=module", "-e", "import 'no-such-package'"];
    expect(await runContestant(run)).toEqual({
      absent: "the package no-such-package is not installed: pnpm install",
    });
  });

  test("takes one that says so for absent", async () => {
    const run = script('console.log(\'{"ms": 2}\'); console.log(\'{"absent": "no kernel"}\')');
    expect(await runContestant(run)).toEqual({ absent: "no kernel" });
  });

  test("shows what a failing contestant complained of", async () => {
    await expect(runContestant(script("throw new Error('no data')"))).rejects.toThrow("no data");
  });

  test("rejects when the program is not there", async () => {
    await expect(runContestant(["no-such-program"])).rejects.toThrow("ENOENT");
  });
});
