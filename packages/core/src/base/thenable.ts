import { KindlingError } from "./errors.ts";

export function isThenable<V>(value: V): value is V & PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}

/** Refuses a function that returns a promise: a global flag cannot be held over an `await`. */
export function refusePromise(op: string, result: unknown): void {
  if (!isThenable(result)) return;
  throw new KindlingError(
    op,
    "the function must not be asynchronous",
    "it returned a promise, and other tasks run before that settles",
    `Wrap the synchronous parts only: ${op}(() => ...) around each computation between awaits.`,
  );
}
