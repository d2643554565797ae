import { mkdirSync } from "node:fs";

// Examples that write files write them here, and one that downloads finds its data again the next time.
const folder = `${import.meta.dirname}/../../.cache/examples`;
mkdirSync(folder, { recursive: true });
process.chdir(folder);
