import { measure } from "./measure.ts";

// Batches as the loader gives them: bytes, and steps that wait.

await measure({ use() {} });
