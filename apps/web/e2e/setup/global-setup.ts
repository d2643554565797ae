import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import type { TestProject } from "vitest/node";
import { builtSite } from "./built-site.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of the built site. */
    readonly site: string;
    /** The folder of a run that the command has made: two epochs on wasm, seed 123. */
    readonly commandRun: string;
  }
}

/** Builds the site, unless `npm test` has, and trains a network with the command: once for all tests. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "kindling-web-"));
  const run = join(folder, "run");
  const options = ["--epochs", "2", "--seed", "123", "--device", "wasm", "--offline"];
  const [site] = await Promise.all([
    builtSite().then((built) => built ?? buildSite(join(folder, "site"))),
    runOnSource("../../../node/src/cli.ts", "train", ...options, "--root", join(folder, "data"), "--out", run),
  ]);
  project.provide("site", site);
  project.provide("commandRun", run);
  return () => rmSync(folder, { recursive: true, force: true });
}

async function buildSite(site: string): Promise<string> {
  await runOnSource("../../site/main.ts", "build", "--out", site);
  return site;
}

/** A program of the workspace as a process of its own, on source. */
function runOnSource(program: string, ...args: string[]): Promise<void> {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const file = join(import.meta.dirname, program);
  const child = spawn(process.execPath, ["--conditions=@kindling/source", "--import", tsx, file, ...args], {
    // No data set but the one that the site brings along.
    env: { ...process.env, KINDLING_DATA: join(tmpdir(), "kindling-no-data") },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaints = "";
  child.stderr.on("data", (text) => {
    complaints += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}\n${complaints}`)),
    );
  });
}
