export { optimizerCases } from "./optimizer-cases.ts";
export { type MakeOptimizer, type OptimizerLawsOptions, optimizerLaws } from "./optimizer-laws.ts";
export { schedulerCases } from "./scheduler-cases.ts";
export { type MakeScheduler, schedulerLaws } from "./scheduler-laws.ts";
