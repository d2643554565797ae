import { ArgumentTypeError } from "../base/errors.ts";
import { checkFunction } from "../base/function-argument.ts";
import { shared } from "../base/global.ts";
import { pythonType } from "../base/python-repr.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { refusePromise } from "../base/thenable.ts";

const mode = shared("gradMode", () => ({ enabled: true }));

/** Whether ops are being recorded. */
export function isGradEnabled(): boolean {
  if (arguments.length > 0) throw surplusArguments("isGradEnabled()", arguments.length);
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

/** {@link withGradMode} for a function of a program. There is no block, `using _ = noGrad()`: its mode would last over every `await` in it. */
function withMode<R>(op: string, enabled: boolean, fn: () => R): R {
  checkFunction(op, fn);
  const result = withGradMode(enabled, fn);
  refusePromise(op, result);
  return result;
}

/**
 * Runs `fn` without recording: its results need no gradient. `fn` must be synchronous: while it awaited, other tasks
 * would go unrecorded too.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.no_grad.html
 */
export function noGrad<R>(fn: () => R): R {
  if (arguments.length > 1) throw surplusArguments("noGrad(fn)", arguments.length);
  return withMode("noGrad", false, fn);
}

/** Runs `fn` with recording on, inside `noGrad`. */
export function enableGrad<R>(fn: () => R): R {
  if (arguments.length > 1) throw surplusArguments("enableGrad(fn)", arguments.length);
  return withMode("enableGrad", true, fn);
}

/**
 * Runs `fn` with recording switched on or off: `noGrad` or `enableGrad`, by a flag.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.autograd.grad_mode.set_grad_enabled.html
 */
export function setGradEnabled<R>(enabled: boolean, fn: () => R): R {
  if (arguments.length > 2) throw surplusArguments("setGradEnabled(enabled, fn)", arguments.length);
  if (typeof enabled !== "boolean") {
    throw new ArgumentTypeError(
      "setGradEnabled",
      `enabled must be a bool (got ${pythonType(enabled)})`,
      "",
      "Write setGradEnabled(training, () => ...).",
    );
  }
  return withMode("setGradEnabled", enabled, fn);
}

/**
 * `noGrad`, by the name that PyTorch recommends for inference. Its tensors are ordinary ones here, and may be recorded with later.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.autograd.grad_mode.inference_mode.html
 */
export function inferenceMode<R>(fn: () => R): R {
  if (arguments.length > 1) throw surplusArguments("inferenceMode(fn)", arguments.length);
  return withMode("inferenceMode", false, fn);
}
