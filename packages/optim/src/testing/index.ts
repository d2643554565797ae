export { optimizerCases } from "./optimizer-cases.ts";
export { type MakeOptimizer, type OptimizerLawsOptions, optimizerLaws } from "./optimizer-laws.ts";
