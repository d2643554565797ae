import { EXCLUDED, preset } from "../../tools/presets/vitest.ts";

/** Tests of what a whole process has: the tensors that are alive in it, the ops that are defined. */
const apart = ["src/storage/memory.test.ts", "src/testing/coverage.test.ts"];

/** Each of them, in a process of its own. */
export const coreApart = preset(import.meta.dirname, { name: "core apart", include: apart, isolate: true });

/** All others. */
export const core = preset(import.meta.dirname, { exclude: [...EXCLUDED, ...apart] });
