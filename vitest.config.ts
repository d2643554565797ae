import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { lawsInNode } from "./packages/conformance/laws-in-node.config.ts";
import { coreApart } from "./packages/core/apart.config.ts";
import { findBrowser } from "./tools/browser/find.ts";
import { LawsReporter } from "./tools/test/laws-reporter.ts";
import { LongestFirst } from "./tools/test/longest-first.ts";
import { askedTiers } from "./tools/test/tiers.ts";
import { TiersReporter } from "./tools/test/tiers-reporter.ts";

const projects = ["packages/*", coreApart, ...lawsInNode, "apps/*", "bench", "examples", "tools", "tools/docs"];

// Where there is no browser, a test of the package `conformance` says so.
const inPages = [
  ...["chromium", "chromium-plain"].map((page) => `packages/conformance/vitest.${page}.config.ts`),
  "packages/backends/vitest.chromium.config.ts",
  "apps/web/vitest.chromium.config.ts",
];

export default defineConfig({
  test: {
    projects: findBrowser() === undefined ? projects : [...projects, ...inPages],
    reporters: ["default", new LawsReporter(), new TiersReporter()],
    provide: { tiers: askedTiers() },
    // Vitest leaves a core to itself, which it does not use.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
  },
});
