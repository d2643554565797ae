export { Adam, type AdamOptions } from "./adam.ts";
export { AdamW, type AdamWOptions } from "./adamw.ts";
export { isOptimizer, Optimizer, type ParameterState } from "./optimizer.ts";
export type { Param, ParamGroup, ParamGroupInput, Params } from "./param-group.ts";
export { RMSprop, type RMSpropOptions } from "./rmsprop.ts";
export * from "./schedulers/index.ts";
export * as lrScheduler from "./schedulers/index.ts";
export { SGD, type SGDOptions } from "./sgd.ts";
export type { OptimizerStateDict, WireGroup } from "./state-dict.ts";
