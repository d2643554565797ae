import { resolve } from "node:path";
import { defineConfig } from "vitest/config";
import { shared } from "../presets/vitest.ts";

export default defineConfig({
  ...shared,
  test: {
    name: "python",
    dir: resolve(import.meta.dirname, "../.."),
    include: ["packages/*/python/**/*.test.ts", "tools/golden/python/*.test.ts"],
    testTimeout: 60_000,
  },
});
