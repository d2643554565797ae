import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const tool = resolve(import.meta.dirname, "..");
const python = process.env.KINDLING_PYTHON ?? "python3";
// 5.5 GB on the disk, which `pnpm test:python` does not install.
const withTorch = process.env.GOLDEN_PYTHON;

function unittest(interpreter: string, module: string): string {
  const { status, stderr, error } = spawnSync(interpreter, ["-m", "unittest", "-v", module], {
    cwd: tool,
    encoding: "utf8",
    env: { ...process.env, PYTHONPATH: [tool, join(tool, "python")].join(":"), ATEN_CPU_CAPABILITY: "" },
  });
  if (status !== 0) throw error ?? new Error(stderr);
  return stderr;
}

test.each(["test_keep", "test_settings"])("%s", (module) => {
  expect(unittest(python, module)).toMatch(/^Ran [1-9]\d* tests in .*\n\nOK/m);
});

test.runIf(withTorch)("golden files come out the same on every processor", { timeout: 600_000 }, () => {
  expect(unittest(withTorch as string, "test_processors")).toMatch(/^Ran [1-9]\d* tests in .*\n\nOK/m);
});
