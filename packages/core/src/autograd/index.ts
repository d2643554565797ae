import { backward, grad } from "./engine.ts";
import { enableGrad, isGradEnabled, noGrad } from "./grad-mode.ts";

/** Derivatives on request: `autograd.grad(outputs, inputs)`. */
export const autograd = { backward, enableGrad, grad, isGradEnabled, noGrad } as const;
