export type { Collated } from "./collated.ts";
export { type Dataset, type IterableDataset, resolveIndex } from "./dataset.ts";
