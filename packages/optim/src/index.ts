export { Adam, type AdamOptions } from "./adam.ts";
export { AdamW, type AdamWOptions } from "./adamw.ts";
export { isOptimizer, Optimizer, type ParameterState } from "./optimizer.ts";
export type { Param, ParamGroup, ParamGroupInput, Params } from "./param-group.ts";
export { RMSprop, type RMSpropOptions } from "./rmsprop.ts";
export { LRScheduler, type LRSchedulerOptions, type LRSchedulerStateDict } from "./schedulers/lr-scheduler.ts";
export { StepLR, type StepLROptions } from "./schedulers/step-lr.ts";
export { SGD, type SGDOptions } from "./sgd.ts";
export type { OptimizerStateDict, WireGroup } from "./state-dict.ts";
