import { preset } from "../../tools/presets/vitest.ts";

export default preset(import.meta.dirname, { include: ["src/**/*.test.ts", "site/**/*.test.ts"] });
