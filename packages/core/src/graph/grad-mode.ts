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

/**
 * Runs `fn` without recording: its results need no gradient. `fn` must be synchronous: while it awaited, other tasks
 * would go unrecorded too.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.no_grad.html
 */
export function noGrad<R>(fn: () => R): R {
  if (arguments.length > 1) throw surplusArguments("noGrad(fn)", arguments.length);
  // Nor may it be a block, `using _ = noGrad()`: a mode that lasted until a brace would last over its `await`s too.
  checkFunction("noGrad", fn);
  const result = withGradMode(false, fn);
  refusePromise("noGrad", result);
  return result;
}

/** Runs `fn` with recording on, inside `noGrad`. */
export function enableGrad<R>(fn: () => R): R {
  if (arguments.length > 1) throw surplusArguments("enableGrad(fn)", arguments.length);
  checkFunction("enableGrad", fn);
  const result = withGradMode(true, fn);
  refusePromise("enableGrad", result);
  return result;
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
  checkFunction("setGradEnabled", fn);
  const result = withGradMode(enabled, fn);
  refusePromise("setGradEnabled", result);
  return result;
}

/**
 * `noGrad`, by the name that PyTorch recommends for inference. Its tensors are ordinary ones here, and may be recorded with later.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.autograd.grad_mode.inference_mode.html
 */
export function inferenceMode<R>(fn: () => R): R {
  if (arguments.length > 1) throw surplusArguments("inferenceMode(fn)", arguments.length);
  checkFunction("inferenceMode", fn);
  const result = withGradMode(false, fn);
  refusePromise("inferenceMode", result);
  return result;
}
