import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../setup/pnpm.mjs";
import { install } from "../setup/setup.mjs";
import { run, vitest } from "../test/steps.mjs";

/**
 * `pnpm test:tensorflow`: the laws on the real libtensorflow. A package that has such tests keeps them in `<package>/tensorflow/*.test.ts`.
 * They find `@tensorflow/tfjs-node` in a project of its own, `.cache/tensorflow`, whose addon our own tool builds on TensorFlow's Python wheel:
 * that takes Python with venv or pip (PYTHON names another one) and a C++ compiler, once.
 */
install();
const project = join(root, ".cache", "tensorflow");
const tool = join(root, "packages", "tensorflow-from-wheel", "src");
const stamp = join(project, "built");

mkdirSync(project, { recursive: true });
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted()) {
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "tensorflow", private: true }));
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  must("npm", ["install", ...flags, "@tensorflow/tfjs-node@4.22.0"]);
  const tsx = ["--conditions=@kindling/source", "--import", import.meta.resolve("tsx")];
  must(process.execPath, [...tsx, join(tool, "cli.ts"), "--python", process.env.PYTHON ?? "python3"]);
  writeFileSync(stamp, wanted());
}

process.env.NODE_PATH = join(project, "node_modules");
run("test-tensorflow", [vitest("tensorflow", "--config=tools/test-tensorflow/vitest.config.ts")]);

/** What the addon is made of: it is built again when the tool changes. */
function wanted() {
  const hash = createHash("sha256").update(process.platform).update(process.arch);
  const sources = readdirSync(tool).filter((name) => !name.endsWith(".test.ts"));
  for (const name of sources.sort()) hash.update(name).update(readFileSync(join(tool, name)));
  return hash.digest("hex");
}

function must(command, args) {
  const { npm_config_local_prefix: _, ...env } = process.env;
  const { status, error } = spawnSync(command, args, { cwd: project, env, stdio: "inherit" });
  if (!error && status === 0) return;
  console.error(`test:tensorflow could not make ${project}: ${command} ${args.join(" ")} failed.`);
  process.exit(1);
}
