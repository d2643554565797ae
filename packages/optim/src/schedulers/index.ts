// torch.optim.lr_scheduler. The package's index has all of it too. Types that the extend entry has as well stand there alone: joined
// declarations would make constants of them in a namespace.
export { ExponentialLR } from "./exponential-lr.ts";
export { LRScheduler } from "./lr-scheduler.ts";
export { StepLR, type StepLROptions } from "./step-lr.ts";
