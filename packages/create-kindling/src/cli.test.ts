import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { expect, onTestFinished, test } from "vitest";

const tsx = join(createRequire(import.meta.url).resolve("tsx/package.json"), "../dist/cli.mjs");
const cli = join(import.meta.dirname, "cli.ts");

/** Runs the program as a package manager does, with no terminal. */
function run(
  args: readonly string[],
  agent: string,
): Promise<{ code: number; out: string; error: string; cwd: string }> {
  const cwd = mkdtempSync(join(tmpdir(), "create-kindling-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const env = { ...process.env, npm_config_user_agent: agent };
  return new Promise((resolve) => {
    execFile(process.execPath, [tsx, cli, ...args], { cwd, env }, (error, out, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, error: stderr, cwd });
    });
  });
}

test("a project is made, and the next steps are in the commands of whoever ran it", async () => {
  const { code, out, error, cwd } = await run(
    ["nets", "--template", "library"],
    "pnpm/12.21.0 npm/? node/v20.20.2 linux x64",
  );
  expect({ code, error }).toEqual({ code: 0, error: "" });
  expect(out).toContain("  cd nets\n  pnpm install\n  pnpm run test\n");
  expect(existsSync(join(cwd, "nets", ".gitignore"))).toBe(true);
});

test("a mistake is a message, not a stack trace", async () => {
  const { code, out, error } = await run(["nets"], "npm/11.6.0 node/v24.0.0 linux x64");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(error).toMatch(
    /^create-kindling: Missing: --template\. There is no terminal to ask in\.\nFor example: npm create/,
  );
  expect(error).not.toContain("    at ");
});
