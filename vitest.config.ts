import { defineConfig } from "vitest/config";
import { findBrowser } from "./tools/browser/find.ts";
import { LawsReporter } from "./tools/test/laws-reporter.ts";

const projects = ["packages/*", "apps/*", "bench", "examples", "tools", "tools/docs"];

// Where there is no browser, a test of the package `conformance` says so.
const inPages = [
  ...["chromium", "chromium-plain"].map((page) => `packages/conformance/vitest.${page}.config.ts`),
  "packages/backends/vitest.chromium.config.ts",
  "apps/web/vitest.chromium.config.ts",
];

export default defineConfig({
  test: {
    projects: findBrowser() === undefined ? projects : [...projects, ...inPages],
    reporters: ["default", new LawsReporter()],
  },
});
