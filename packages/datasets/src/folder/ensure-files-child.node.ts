import { platform } from "#platform";
import { type EnsureOptions, ensureFiles } from "./ensure-files.ts";

/** What the tests run in a process of its own, to kill it or to see that it ends by itself. */
const { resources, ...options } = JSON.parse(process.argv[2] as string) as EnsureOptions & { resources: [] };

try {
  const contents = await ensureFiles(resources, { ...options, store: platform.store });
  process.stdout.write(`${contents.length} files\n`);
} catch (error) {
  process.stdout.write(`${(error as Error).message}\n`);
}
