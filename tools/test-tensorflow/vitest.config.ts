import { resolve } from "node:path";
import { defineConfig } from "vitest/config";
import { shared } from "../presets/vitest.ts";

export default defineConfig({
  ...shared,
  test: {
    name: "tensorflow",
    dir: resolve(import.meta.dirname, "../.."),
    include: ["{packages,apps}/*/tensorflow/**/*.test.ts"],
    testTimeout: 60_000,
  },
});
