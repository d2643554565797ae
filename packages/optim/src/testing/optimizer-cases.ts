import { Adam, AdamW, SGD } from "../index.ts";
import type { MakeOptimizer } from "./optimizer-laws.ts";

/** Every optimizer of this package, in the ways that differ: what the laws are tried on. A newcomer adds a line. */
export const optimizerCases: Readonly<Record<string, readonly MakeOptimizer[]>> = {
  Adam: [
    (params) => new Adam(params, { lr: 0.1 }),
    (params) => new Adam(params, { lr: 0.1, amsgrad: true, weightDecay: 0.01 }),
  ],
  AdamW: [(params) => new AdamW(params, { lr: 0.1 })],
  SGD: [
    (params) => new SGD(params, { lr: 0.1 }),
    (params) => new SGD(params, { lr: 0.1, momentum: 0.9, weightDecay: 0.01 }),
    (params) => new SGD(params, { lr: 0.1, momentum: 0.5, nesterov: true }),
  ],
};
