import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { builtSite } from "./built-site.ts";
import { runOnSource } from "./run-on-source.ts";

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
