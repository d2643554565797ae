import { preset } from "./presets/vitest.ts";

export default preset(import.meta.dirname);
