import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "../browser/find.ts";
import { missing } from "../browser/missing.ts";
import { askedTiers } from "../test/tiers.ts";
import { type Cell, runCells, type Surroundings } from "./cell.ts";
import { allCells, selected } from "./cells/all.ts";
import { Consumers } from "./consumer.ts";
import { FAULTS } from "./faults.ts";
import { optionsOf } from "./options.ts";
import { closureOf, type Packed, packAll, publishedPackages, root } from "./packed.ts";
import { Pages } from "./pages.ts";
import { serveRegistry } from "./registry.ts";
import { writeReport } from "./report.ts";
import { trialsOf, tryFaults } from "./try-faults.ts";

/**
 * Uses the packages as strangers do: packs them, serves them from a registry on this machine, installs them into projects of
 * every kind, and tries these. README.md lists the cells.
 */
// pnpm points it at this workspace's packages, and esbuild looks there for what a project has not installed.
delete process.env.NODE_PATH;

const options = optionsOf(process.argv.slice(2));
const published = publishedPackages();
for (const name of options.packages) if (!published.has(name)) throw new Error(`${name} is not a published package`);
const every = allCells(published);
const { run: wanted, left } = options.faults
  ? selected(
      trialsOf(FAULTS, every).map(({ cell }) => cell),
      { ...options, full: true },
    )
  : selected(every, options, askedTiers());
// As with the tests in pages: where no browser is, a line says what is left out, and with CI set that is a failure.
const hasBrowser = Boolean(process.env.CI) || findBrowser() !== undefined;
const cells = wanted.filter(({ browser = false }) => hasBrowser || !browser);
if (cells.length < wanted.length) console.log(`${wanted.length - cells.length} cells are left out: ${missing}`);
if (wanted.length === 0) throw new Error("no cell has such a name; `pnpm packages --list` prints them");
if (options.list) for (const { name, tier } of cells) console.log(`${tier.padEnd("covering".length)} ${name}`);
else await check(cells);

async function check(cells: readonly Cell[]): Promise<void> {
  const trials = options.faults ? trialsOf(FAULTS, every).filter(({ cell }) => cells.includes(cell)) : [];
  const needed = closureOf(
    cells.flatMap(({ packages, needs = [] }) => [...packages, ...needs]),
    published,
  );
  build(needed.map(({ manifest }) => manifest.name));

  const scratch = await mkdtemp(join(tmpdir(), "kindling-packages-"));
  try {
    const packed = await packAll(needed, scratch);
    if (options.faults) {
      const { found, missed } = await tryFaults(trials, packed, scratch, surroundings);
      console.log(`${found} found, ${missed} missed`);
      process.exitCode = missed > 0 ? 1 : 0;
      return;
    }
    const around = await surroundings(packed, scratch);
    const outcomes = await runCells(cells, around).finally(around.close);
    if (options.report !== undefined) await writeReport(options.report, outcomes);
    const failed = outcomes.filter(({ problems }) => problems.length > 0);
    console.log(`${outcomes.length - failed.length} passed, ${failed.length} failed`);
    if (left.length > 0)
      console.log(
        `Left to CI: ${left.length} cells of packages that have not changed. \`pnpm packages NAME\` runs those of one.`,
      );
    process.exitCode = failed.length > 0 ? 1 : 0;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** What cells share: a registry of `packed`, a browser, and folders in `scratch`. */
async function surroundings(
  packed: ReadonlyMap<string, Packed>,
  scratch: string,
): Promise<Surroundings & { close(): Promise<void> }> {
  const registry = await serveRegistry(packed.values());
  const pages = new Pages();
  const memory = new Map<string, Promise<unknown>>();
  let folders = 0;
  return {
    packed,
    registry,
    pages,
    consumers: new Consumers(registry, scratch),
    async folder(name) {
      const folder = join(scratch, `${folders++}-${name.replaceAll(/[^\w.-]+/g, "-")}`);
      await mkdir(folder);
      return folder;
    },
    shared<T>(key: string, make: () => Promise<T>): Promise<T> {
      const found = memory.get(key) ?? make();
      memory.set(key, found);
      return found as Promise<T>;
    },
    async close() {
      await Promise.all([registry.close(), pages.close()]);
    },
  };
}

/** Builds these packages and what they need, and nothing else. */
function build(names: readonly string[]): void {
  const filters = names.map((name) => `--filter=${name}`);
  const turbo = [join(root, "node_modules/turbo/bin/turbo"), "run", "build", ...filters, "--output-logs=errors-only"];
  const { status } = spawnSync(process.execPath, turbo, { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Error("the packages do not build");
}
