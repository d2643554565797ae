import { preset } from "../../tools/presets/vitest.ts";
import { softwareVulkan } from "../../tools/swiftshader/find.ts";

export default preset(import.meta.dirname, { env: softwareVulkan() });
