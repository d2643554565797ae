// torch.optim.lr_scheduler. The package's index has all of it too.
export { ExponentialLR } from "./exponential-lr.ts";
export { LRScheduler, type LRSchedulerOptions, type LRSchedulerStateDict } from "./lr-scheduler.ts";
export { StepLR, type StepLROptions } from "./step-lr.ts";
