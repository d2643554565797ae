import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rootFolder } from "./commands.ts";

type Pnpm = (
  args: readonly string[],
  how: { env: Record<string, string>; stdio: readonly (string | number)[] },
) => number;

/** Builds the packages that the benchmarks run, of a checkout, where they are not built yet: what is measured is what users get. */
export async function buildPackages(checkout = rootFolder): Promise<void> {
  const tool = pathToFileURL(join(checkout, "tools", "setup", "pnpm.mjs")).href;
  const { pnpm } = (await import(tool)) as { pnpm: Pnpm };
  const args = ["exec", "turbo", "run", "build", "--filter=@kindling/bench^...", "--output-logs=errors-only"];
  const env = { TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" };
  if (pnpm(args, { env, stdio: ["ignore", 2, 2] }) === 0) return;
  throw new Error("the packages could not be built; --source runs their sources as they are");
}
