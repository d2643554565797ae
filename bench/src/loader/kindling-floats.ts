import { measure } from "./measure.ts";

// Every number of every batch is computed and read.

await measure({ use: (inputs) => inputs.toTypedArraySync() });
