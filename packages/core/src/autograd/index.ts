import { enableGrad, isGradEnabled, noGrad } from "../graph/grad-mode.ts";
import { backward } from "./backward.ts";
import { grad } from "./grad.ts";

/** Derivatives on request: `autograd.grad(outputs, inputs)`. */
export const autograd = { backward, enableGrad, grad, isGradEnabled, noGrad } as const;
