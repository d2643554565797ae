import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Reporter, TestModule, Vitest } from "vitest/node";
import type {} from "../../packages/core/src/testing/task-meta.ts";
import type {} from "../presets/vitest-site.ts";
import { askedTiers, tiersSummary } from "./tiers.ts";

/** Says at the end of a run which tiers of tests ran, and what was left to CI. */
export class TiersReporter implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { laws: { ran: 0, left: 0 }, proofs: { ran: 0, left: 0 }, marathons: { ran: 0, left: 0 } };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { tier = "laws", left = false } = test.meta();
        if (left) counts[tier].left += 1;
        else if (test.result().state !== "skipped") counts[tier].ran += 1;
      }
    }
    const files = (this.#vitest?.projects ?? []).flatMap((project) => project.getProvidedContext().leftFiles ?? []);
    const summary = tiersSummary(askedTiers(), counts, [...new Set(files)].sort());
    console.log(summary);
    // For the end of `npm test`, which prints more than this run.
    const folder = join(import.meta.dirname, "../../.cache/test-results");
    if (existsSync(folder)) writeFileSync(join(folder, "tiers.txt"), summary);
  }
}

/** For `--reporter=`, which takes a module's default. */
export default TiersReporter;
