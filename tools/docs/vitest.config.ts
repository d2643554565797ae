import { resolve } from "node:path";
import { defineProject } from "vitest/config";
import { shared } from "../presets/vitest.ts";
import { fencesPlugin } from "./fences-plugin.ts";

/** Every example on a page of ours runs. */
export default defineProject({
  ...shared,
  plugins: [fencesPlugin()],
  test: {
    name: "docs",
    dir: resolve(import.meta.dirname, "../.."),
    include: ["README.md", "CONTRIBUTING.md", "docs/**/*.md", "packages/*/README.md", "apps/*/README.md"],
    setupFiles: ["./in-scratch-folder.ts"],
    testTimeout: 120_000,
  },
});
