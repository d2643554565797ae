import { StepLR } from "../index.ts";
import type { MakeScheduler } from "./scheduler-laws.ts";

/** Every scheduler of this package, in the ways that differ: what the laws are tried on. A newcomer adds a line. */
export const schedulerCases: Readonly<Record<string, readonly MakeScheduler[]>> = {
  StepLR: [(optimizer) => new StepLR(optimizer, 2), (optimizer) => new StepLR(optimizer, 1, { gamma: 0.5 })],
};
