import { type Device, noGrad, scope, type Tensor } from "@kindling/core";
import { clipGradNorm_ } from "@kindling/nn";
import type { Criterion, Learner, Model } from "./parts.ts";
import type { BatchMetric, PassMetrics } from "./pass-metrics.ts";

/** The parts of a trainer that a step needs. */
export interface StepParts {
  readonly model: Model;
  readonly criterion: Criterion;
  readonly optimizer: Learner;
  readonly device: Device | null;
  readonly clipGradNorm: number | null;
  readonly metrics: Readonly<Record<string, BatchMetric>>;
}

/** Forward, loss, backward, and a step of the optimizer. Everything is freed but the loss, 0-d, which is the caller's. */
export function trainStep(
  parts: StepParts,
  [inputs, targets]: readonly [Tensor, Tensor],
  metrics: PassMetrics,
): Tensor {
  return scope(() => {
    const { model, criterion, optimizer, clipGradNorm } = parts;
    const [x, y] = [moved(inputs, parts.device), moved(targets, parts.device)];
    optimizer.zeroGrad();
    const outputs = model(x);
    const loss = criterion(outputs, y);
    loss.backward();
    if (clipGradNorm !== null) clipGradNorm_(model.parameters(), clipGradNorm);
    optimizer.step();
    return measured(metrics, loss, outputs, y);
  });
}

/** Forward and loss, recording nothing. */
export function evaluateStep(
  parts: StepParts,
  [inputs, targets]: readonly [Tensor, Tensor],
  metrics: PassMetrics,
): void {
  scope(() =>
    noGrad(() => {
      const [x, y] = [moved(inputs, parts.device), moved(targets, parts.device)];
      const outputs = parts.model(x);
      metrics.update(parts.criterion(outputs, y), outputs, y);
    }),
  );
}

function measured(metrics: PassMetrics, loss: Tensor, outputs: Tensor, targets: Tensor): Tensor {
  return noGrad(() => {
    const plain = loss.detach();
    metrics.update(plain, outputs.detach(), targets);
    return plain;
  });
}

/**
 * A tensor of the step's own, on `device`: a copy that costs nothing where it is there already, so that memory which the step
 * makes for it goes with the step. The batch itself is its loader's.
 */
function moved(tensor: Tensor, device: Device | null): Tensor {
  return device === null || device === tensor.device ? tensor.clone() : tensor.to(device);
}
