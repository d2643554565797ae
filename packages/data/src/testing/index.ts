export { datasetLaws } from "./dataset-laws.ts";
export { samplerLaws } from "./sampler-laws.ts";
