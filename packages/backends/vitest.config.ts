import { softwareVulkan } from "../../tools/presets/software-vulkan.ts";
import { preset } from "../../tools/presets/vitest.ts";

export default preset(import.meta.dirname, {
  include: ["src/**/*.test.ts"],
  env: softwareVulkan(),
  // A process has one memory of the wasm device and one list of adapters, which some files use up or replace.
  isolate: true,
});
