import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";

const run = promisify(execFile);
const WEB = join(import.meta.dirname, "../..");
const ROOT = join(WEB, "../..");

/**
 * The folder of the site that turbo has built from these sources, as `npm test` does before its tests; undefined where it has not, or with
 * a data set that the tests do not expect. Nothing is built here: turbo only says what it knows, and puts back what it keeps.
 */
export async function builtSite(): Promise<string | undefined> {
  try {
    const { tasks } = JSON.parse(await turbo("--dry=json")) as {
      readonly tasks: readonly { readonly taskId: string; readonly cache: { readonly status: string } }[];
    };
    if (tasks.some(({ cache }) => cache.status !== "HIT")) return undefined;
    await turbo("--output-logs=none");
  } catch {
    return undefined; // no turbo, no git: then there is no such site either
  }
  const site = join(WEB, "dist");
  return existsSync(join(site, "index.html")) && !existsSync(join(site, "data/fashion-mnist")) ? site : undefined;
}

async function turbo(...options: string[]): Promise<string> {
  const program = createRequire(join(ROOT, "package.json")).resolve("turbo/bin/turbo");
  const args = [program, "run", "build", "--filter=@kindling/web", ...options];
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" };
  const { stdout } = await run(process.execPath, args, { cwd: ROOT, env, maxBuffer: 1e8 });
  return stdout;
}
