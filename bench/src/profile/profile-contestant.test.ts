import { expect, test } from "vitest";
import { profileContestant } from "./profile-contestant.ts";

const entered = (...command: [string, ...string[]]) => ({ name: "it", label: "It", command });

test("names the functions that a program spends its time in", async () => {
  const code = `function spin() { const end = Date.now() + 300; while (Date.now() < end); } spin(); process.exit();`;
  const told = await profileContestant(entered(process.execPath, "-e", code));
  expect(told).toMatch(/^It\n\n\| function/);
  expect(told).toMatch(/\| spin /);
});

test("says what it cannot look into", async () => {
  await expect(profileContestant(entered("python3"))).rejects.toThrow("It does not run on Node");
  await expect(profileContestant({ name: "it", label: "It", command: { absent: "not here" } })).rejects.toThrow(
    "not here",
  );
});
