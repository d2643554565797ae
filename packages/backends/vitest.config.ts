import { softwareVulkan } from "../../tools/presets/software-vulkan.ts";
import { preset } from "../../tools/presets/vitest.ts";

export default preset(import.meta.dirname, { include: ["src/**/*.test.ts"], env: softwareVulkan() });
