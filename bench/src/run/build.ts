import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { rootFolder } from "./commands.ts";

/** Builds the packages that the benchmarks run, where they are not built yet: what is measured is what users get. */
export function buildPackages(): void {
  const turbo = join(rootFolder, "node_modules", "turbo", "bin", "turbo");
  const args = [turbo, "run", "build", "--filter=@kindling/bench^...", "--output-logs=errors-only"];
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" };
  const { status } = spawnSync(process.execPath, args, { cwd: rootFolder, env, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error("the packages could not be built; --source runs their sources as they are");
}
