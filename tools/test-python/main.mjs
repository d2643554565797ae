import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../setup/pnpm.mjs";
import { install } from "../setup/setup.mjs";
import { run, vitest } from "../test/steps.mjs";

/**
 * `pnpm test:python`: the real Python packages open what we write, and we what they write.
 * A package that has such tests keeps them in `packages/<name>/python/*.test.ts`, run by vitest with the path of
 * Python in KINDLING_PYTHON, and names what they need in `packages/<name>/python/requirements.txt`.
 * The tests of tools/golden run here too; those that need PyTorch, if GOLDEN_PYTHON names a Python that has it.
 */
install();
const environment = join(root, ".cache", "python");
const python = join(environment, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");

const requirements = readdirSync(join(root, "packages"))
  .map((name) => join(root, "packages", name, "python", "requirements.txt"))
  .filter((file) => existsSync(file))
  .flatMap((file) => readFileSync(file, "utf8").split(/\r?\n/))
  .filter((line) => line && !line.startsWith("#"));

if (!existsSync(python)) must(process.env.PYTHON ?? "python3", ["-m", "venv", environment]);
if (requirements.length) {
  must(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...new Set(requirements)]);
}

process.env.KINDLING_PYTHON = python;
if (!process.env.GOLDEN_PYTHON) {
  console.log("Golden files are not compared between processors: GOLDEN_PYTHON names no Python with PyTorch.");
}
run("test-python", [vitest("python", "--config=tools/test-python/vitest.config.ts")]);

function must(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: "inherit" });
  if (error || status) {
    console.error(
      `test:python needs Python 3 with venv (PYTHON names another one): ${command} ${args.join(" ")} failed.`,
    );
    process.exit(1);
  }
}
