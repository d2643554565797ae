import { type Device, isFloat, noGrad, scope, type Tensor } from "@kindling/core";
import { clipGradNorm_ } from "@kindling/nn";
import type { Criterion, Learner, Model } from "./parts.ts";

/** What a step needs. */
export interface StepParts {
  readonly model: Model;
  readonly criterion: Criterion;
  readonly optimizer: Learner;
  readonly device: Device | null;
  readonly clipGradNorm: number | null;
}

/** What one batch came to, still on the device; the caller frees it. */
export interface Measured {
  /** The mean over the samples, 0-d. */
  readonly loss: Tensor;
  /** How many targets were met, 0-d; null where the targets are no classes. */
  readonly correct: Tensor | null;
}

/** Forward, loss, backward, and a step of the optimizer. Everything but the result is freed. */
export function trainStep(parts: StepParts, inputs: Tensor, targets: Tensor): Measured {
  return scope(() => {
    const { model, criterion, optimizer, clipGradNorm } = parts;
    const [x, y] = [moved(inputs, parts.device), moved(targets, parts.device)];
    optimizer.zeroGrad();
    const outputs = model.forward(x);
    const loss = criterion.forward(outputs, y);
    loss.backward();
    if (clipGradNorm !== null) clipGradNorm_(model.parameters(), clipGradNorm);
    optimizer.step();
    return noGrad(() => ({ loss: loss.detach(), correct: countCorrect(outputs, y) }));
  });
}

/** Forward and loss, recording nothing. */
export function evaluateStep(parts: Omit<StepParts, "optimizer">, inputs: Tensor, targets: Tensor): Measured {
  return scope(() =>
    noGrad(() => {
      const [x, y] = [moved(inputs, parts.device), moved(targets, parts.device)];
      const outputs = parts.model.forward(x);
      return { loss: parts.criterion.forward(outputs, y), correct: countCorrect(outputs, y) };
    }),
  );
}

/** How often the largest of the outputs is that of the target: `outputs` `[N, C, ...]`, `targets` `[N, ...]` of classes. */
function countCorrect(outputs: Tensor, targets: Tensor): Tensor | null {
  if (isFloat(targets.dtype) || outputs.ndim !== targets.ndim + 1) return null;
  return outputs
    .detach()
    .argmax(targets.ndim === 0 ? 0 : 1)
    .eq(targets)
    .sum();
}

/**
 * A tensor of the step's own, on `device`: a copy that costs nothing where it is there already, so that memory which the step
 * makes for it goes with the step. The batch itself is its loader's.
 */
function moved(tensor: Tensor, device: Device | null): Tensor {
  return device === null || device === tensor.device ? tensor.clone() : tensor.to(device);
}
