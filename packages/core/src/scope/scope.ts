import { checkFunction } from "../base/function-argument.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { isThenable } from "../base/thenable.ts";
import { Scope } from "./ambient-scope.ts";
import { callSite } from "./call-site.ts";

/**
 * Frees what is computed.
 *
 * `using _ = scope();` frees at the closing brace everything computed since, whatever happens; `_.keep(t)` lets `t` out.
 * `scope(fn)` is the same for one call and lets its result out (tensors, or arrays and plain objects of them). `fn` may
 * return a promise: the scope then lasts until it settles.
 *
 * A scope never frees another task's tensors: it owns (1) what is created synchronously before the first `await` after it
 * was opened, (2) what its code creates after it has awaited a read or a batch of a loader, and (3) whatever is computed from
 * tensors that it owns. Parameters, buffers, gradients and optimizer state never belong to one.
 */
export function scope(): Scope;
export function scope<R>(fn: () => R): R;
export function scope<R>(fn?: () => R): Scope | R {
  if (arguments.length > 1) throw surplusArguments("scope(fn?)", arguments.length);
  if (fn === undefined) return new Scope("block", callSite());
  checkFunction("scope", fn);
  const opened = new Scope("function");
  let result: R;
  try {
    result = fn();
  } catch (error) {
    opened.dispose();
    throw error;
  }
  if (isThenable(result)) {
    opened.awaited(callSite());
    return result.then(
      (value) => {
        opened.keep(value);
        opened.dispose();
        return value;
      },
      (error: unknown) => {
        opened.dispose();
        throw error;
      },
    ) as R;
  }
  opened.keep(result);
  opened.dispose();
  return result;
}

/** A scope that takes everything created until it is disposed, whoever creates it: for tests. */
export function heldScope(): Scope {
  return new Scope("held");
}
