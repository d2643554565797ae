import type { Consumers } from "./consumer.ts";
import type { Packed } from "./packed.ts";
import type { Pages } from "./pages.ts";
import type { Registry } from "./registry.ts";

/**
 * When a cell runs: `short` in `npm test`, of which those that prove one package run where that has changed and in CI; `covering` after that in
 * CI, `full` before a release.
 *
 * Short and covering cells together have each runtime, compiler, bundler, set of peers, page and template at least once, and every
 * cell that is there to find a fault of `faults.ts`. The full matrix combines each with each.
 */
export type Tier = "short" | "covering" | "full";

/** One check of the matrix: a test in the totals, a line in the output. */
export interface Cell {
  /** As a user would say it: `vite 8, all peers: a training worker`. */
  readonly name: string;
  /** The packages that it is about: `pnpm packages nn` selects those cells that have `nn` here. */
  readonly packages: readonly string[];
  /** Further packages that must be packed for it; what its packages depend on is. */
  readonly needs?: readonly string[];
  readonly tier: Tier;
  /** The one package that a short cell proves, by its folder: locally such cells run for what has changed, as other proofs do. */
  readonly proves?: string;
  /** Whether it opens pages in a browser. */
  readonly browser?: boolean;
  /** The problems that it found; throwing is one too. */
  run(around: Surroundings): Promise<readonly string[]>;
}

/** What cells share. */
export interface Surroundings {
  readonly packed: ReadonlyMap<string, Packed>;
  readonly registry: Registry;
  readonly consumers: Consumers;
  readonly pages: Pages;
  /** A new folder, named after `name`. */
  folder(name: string): Promise<string>;
  /** What `make` gives, computed by the first cell that asks for `key`. */
  shared<T>(key: string, make: () => Promise<T>): Promise<T>;
}

export interface Outcome {
  readonly cell: Cell;
  readonly problems: readonly string[];
}

/** Runs `cells`, two at a time, and prints a line for each. */
export async function runCells(cells: readonly Cell[], around: Surroundings): Promise<Outcome[]> {
  const queue = [...cells];
  const outcomes: Outcome[] = [];
  const work = async () => {
    for (let cell = queue.shift(); cell; cell = queue.shift()) {
      const started = performance.now();
      const problems = await problemsOf(cell, around);
      outcomes.push({ cell, problems });
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${problems.length ? "FAILED" : "ok    "} ${cell.name} (${seconds} s)`);
      for (const problem of problems.slice(0, SHOWN)) console.log(`       ${shortened(problem)}`);
      if (problems.length > SHOWN) console.log(`       and ${problems.length - SHOWN} more`);
    }
  };
  await Promise.all([work(), work()]);
  return outcomes;
}

/** Problems of a cell, and lines of a problem, that are printed: the first few tell. */
const SHOWN = 12;

function shortened(problem: string): string {
  const lines = problem.trim().split("\n");
  const rest = lines.length > SHOWN ? [`and ${lines.length - SHOWN} more lines`] : [];
  return [...lines.slice(0, SHOWN), ...rest].join("\n       ");
}

async function problemsOf(cell: Cell, around: Surroundings): Promise<readonly string[]> {
  try {
    return await cell.run(around);
  } catch (error) {
    return [messageOf(error)];
  }
}

/** A command that failed says why on stderr, or, as compilers do, on stdout. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
  return [error.message, stderr && !error.message.includes(stderr) ? stderr : "", stdout].filter(Boolean).join("\n");
}
