import { shared } from "../global.ts";
import { refusePromise } from "../thenable.ts";

const mode = shared("gradMode", () => ({ enabled: true }));

/** Whether ops are being recorded. */
export function isGradEnabled(): boolean {
  return mode.enabled;
}

/** Runs `fn` with recording switched on or off. */
export function withGradMode<R>(enabled: boolean, fn: () => R): R {
  const previous = mode.enabled;
  mode.enabled = enabled;
  try {
    return fn();
  } finally {
    mode.enabled = previous;
  }
}

/**
 * Runs `fn` without recording: its results need no gradient. `fn` must be synchronous: while it awaited, other tasks
 * would go unrecorded too.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.no_grad.html
 */
export function noGrad<R>(fn: () => R): R {
  const result = withGradMode(false, fn);
  refusePromise("noGrad", result);
  return result;
}

/** Runs `fn` with recording on, inside `noGrad`. */
export function enableGrad<R>(fn: () => R): R {
  const result = withGradMode(true, fn);
  refusePromise("enableGrad", result);
  return result;
}
