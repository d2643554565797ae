import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tryBundles } from "./bundle.ts";
import { makeConsumer, tryConsumer } from "./consumer.ts";
import { lint } from "./lint.ts";
import { type Packed, packAll } from "./packed.ts";

/**
 * Packs every published package and uses it as strangers will: `pnpm packages [nn optim ...]`.
 * Each is linted, installed by npm into an empty folder, type-checked, run as its README says, and bundled.
 */
const scratch = await mkdtemp(join(tmpdir(), "kindling-packages-"));
const packed = await packAll(scratch);
const wanted = process.argv.slice(2).map((name) => `@kindling/${name.replace("@kindling/", "")}`);
const queue = [...packed.values()].filter(({ manifest }) => wanted.length === 0 || wanted.includes(manifest.name));

let failed = 0;
await Promise.all([work(), work()]);
await rm(scratch, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;

async function work(): Promise<void> {
  for (let one = queue.shift(); one; one = queue.shift()) {
    const problems = await check(one);
    failed += problems.length;
    console.log(`${problems.length ? "FAILED" : "ok    "} ${one.manifest.name}@${one.manifest.version}`);
    for (const problem of problems) console.log(`       ${problem.replaceAll("\n", "\n       ")}`);
  }
}

async function check(one: Packed): Promise<string[]> {
  const folder = join(scratch, one.manifest.name);
  try {
    const problems = await lint(one);
    await makeConsumer(one, packed, folder);
    return [...problems, ...(await tryConsumer(one, folder)), ...(await tryBundles(one, folder))];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
