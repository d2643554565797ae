import { preset } from "../../tools/presets/vitest.ts";

export default preset(import.meta.dirname);
