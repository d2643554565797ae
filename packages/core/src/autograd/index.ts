import { enableGrad, isGradEnabled, noGrad } from "../graph/grad-mode.ts";
import { backward, grad } from "./engine.ts";

/** Derivatives on request: `autograd.grad(outputs, inputs)`. */
export const autograd = { backward, enableGrad, grad, isGradEnabled, noGrad } as const;
