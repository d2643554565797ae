import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { type Cell, messageOf, type Surroundings } from "./cell.ts";
import type { Fault } from "./faults.ts";
import type { Packed } from "./packed.ts";

const execute = promisify(execFile);

/** A fault with the cell that is there to find it. */
export interface Trial {
  readonly fault: Fault;
  readonly cell: Cell;
}

/** Pairs each fault with its cell. */
export function trialsOf(faults: readonly Fault[], cells: readonly Cell[]): Trial[] {
  return faults.map((fault) => {
    const found = cells.filter(({ name }) => name.startsWith(fault.cell));
    if (found.length !== 1)
      throw new Error(`"${fault.name}" asks for "${fault.cell}", which are ${found.length} cells`);
    return { fault, cell: found[0] as Cell };
  });
}

/** Runs each fault's cell on packages that have the fault, and prints what the cell says. Gives how many were found and how many not. */
export async function tryFaults(
  trials: readonly Trial[],
  packed: ReadonlyMap<string, Packed>,
  scratch: string,
  around: (packed: ReadonlyMap<string, Packed>, scratch: string) => Promise<Surroundings & { close(): Promise<void> }>,
): Promise<{ found: number; missed: number }> {
  let [found, missed] = [0, 0];
  for (const { fault, cell } of trials) {
    const folder = await mkdtemp(join(scratch, "fault-"));
    const surroundings = await around(await withFault(fault, packed, folder), folder);
    const problems = await Promise.resolve(cell.run(surroundings)).catch((error: unknown) => [messageOf(error)]);
    await surroundings.close();
    if (problems.length > 0) found += 1;
    else missed += 1;
    console.log(`${problems.length > 0 ? "found " : "MISSED"} ${fault.name}, by ${cell.name}`);
    const [first] = problems;
    if (first !== undefined)
      console.log(`       ${first.trim().split("\n").slice(0, 3).join("\n       ").slice(0, 600)}`);
  }
  return { found, missed };
}

/** The packages, some of them packed again with the fault. */
async function withFault(
  fault: Fault,
  packed: ReadonlyMap<string, Packed>,
  scratch: string,
): Promise<ReadonlyMap<string, Packed>> {
  const all = new Map(packed);
  for (const [index, name] of fault.packages.entries()) {
    const healthy = packed.get(name);
    if (healthy === undefined) throw new Error(`${name} was not packed`);
    const folder = join(scratch, `unpacked-${index}`);
    await mkdir(folder);
    await execute("tar", ["-xzf", healthy.tarball, "-C", folder]);
    await fault.inject(join(folder, "package"));
    const tarball = join(scratch, `faulty-${basename(healthy.tarball)}`);
    await execute("tar", ["-czf", tarball, "-C", folder, "package"]);
    const readme = await readFile(join(folder, "package/README.md"), "utf8");
    all.set(name, { ...healthy, readme, tarball });
  }
  return all;
}
