import { KindlingError } from "./errors.ts";
import { shared } from "./global.ts";

// Node 20 and older browsers know `using` only through a compiler, which looks these symbols up.
const symbols = Symbol as { dispose?: symbol; asyncDispose?: symbol };
symbols.dispose ??= Symbol.for("Symbol.dispose");
symbols.asyncDispose ??= Symbol.for("Symbol.asyncDispose");

/** What a scope frees: a tensor, seen from here. */
export interface Disposable {
  owner: Scope | null;
  dispose(): void;
}

/** The scope that takes what is created now. Closed at the first `await` after it was opened. */
const ambient = shared<{ scope: Scope | null }>("scope", () => ({ scope: null }));

/**
 * Whoever opens a scope frees it. It owns what is created synchronously before the first `await` after it was opened,
 * and whatever is computed from tensors that it owns.
 */
export class Scope {
  readonly parent: Scope | null;
  readonly depth: number;
  #owned: Set<Disposable> | null = new Set();
  #creating = true;

  constructor() {
    this.parent = ambient.scope;
    this.depth = this.parent === null ? 0 : this.parent.depth + 1;
    ambient.scope = this;
  }

  get closed(): boolean {
    return this.#owned === null;
  }

  add(item: Disposable): void {
    item.owner = this;
    this.#owned?.add(item);
  }

  remove(item: Disposable): void {
    item.owner = null;
    this.#owned?.delete(item);
  }

  /** Takes `value` (a tensor, or arrays and plain objects of them) out of this scope: the caller frees it, or the scope around. */
  keep<V>(value: V): V {
    visit(value, (item) => {
      if (item.owner !== this) return;
      this.remove(item);
      const around = this.#enclosing();
      if (around !== null) around.add(item);
    });
    return value;
  }

  /** No longer takes what is merely created; what is computed from its own tensors still joins it. */
  stopCreating(): void {
    this.#creating = false;
    if (ambient.scope === this) ambient.scope = this.#enclosing();
  }

  /** Frees everything that it owns. */
  dispose(): void {
    const owned = this.#owned;
    if (owned === null) return;
    this.stopCreating();
    this.#owned = null;
    for (const item of owned) {
      item.owner = null;
      item.dispose();
    }
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** The next scope outwards that is still open. Only if it still takes creations may it be the ambient one. */
  #enclosing(): Scope | null {
    let scope = this.parent;
    while (scope !== null && (scope.closed || !scope.#creating)) scope = scope.parent;
    return scope;
  }
}

/**
 * Frees what is computed.
 *
 * `using _ = scope();` frees at the closing brace everything computed since, whatever happens; `_.keep(t)` lets `t` out.
 * `scope(fn)` is the same for one call and lets its result out (tensors, or arrays and plain objects of them). `fn` may
 * return a promise: the scope then lasts until it settles.
 *
 * A scope never frees another task's tensors: it owns (1) what is created synchronously before the first `await` after it
 * was opened, and (2) whatever is computed from tensors that it owns. Parameters, buffers, gradients and optimizer
 * state never belong to one.
 */
export function scope(): Scope;
export function scope<R>(fn: () => R): R;
export function scope<R>(fn?: () => R): Scope | R {
  const opened = new Scope();
  if (fn === undefined) {
    // Runs as soon as the code that opened the scope awaits.
    queueMicrotask(() => opened.stopCreating());
    return opened;
  }
  let result: R;
  try {
    result = fn();
  } catch (error) {
    opened.dispose();
    throw error;
  }
  if (isThenable(result)) {
    opened.stopCreating();
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

/** Ends the creation window of the running scope: for asynchronous functions whose caller is about to await them. */
export function leaveScope(): void {
  for (let open = ambient.scope; open !== null; open = ambient.scope) open.stopCreating();
}

/** Hands a new tensor to its scope: the ambient one, else the innermost among those of what it was computed from. */
export function adopt(item: Disposable, inputs: readonly Disposable[]): void {
  let owner = ambient.scope;
  if (owner === null) {
    for (const { owner: candidate } of inputs) {
      if (candidate !== null && !candidate.closed && (owner === null || candidate.depth > owner.depth))
        owner = candidate;
    }
  }
  owner?.add(item);
}

/** Runs `fn` with no scope taking what it creates. */
export function outsideScopes<R>(fn: () => R): R {
  const previous = ambient.scope;
  ambient.scope = null;
  try {
    return fn();
  } finally {
    ambient.scope = previous;
  }
}

function isThenable<V>(value: V): value is V & PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}

function isDisposable(value: object): value is Disposable {
  return "owner" in value && typeof (value as Partial<Disposable>).dispose === "function";
}

/** Every tensor in `value`, through arrays, maps and plain objects. */
function visit(value: unknown, found: (item: Disposable) => void, seen = new Set<unknown>()): void {
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  if (isDisposable(value)) found(value);
  else if (Array.isArray(value)) for (const element of value) visit(element, found, seen);
  else if (value instanceof Map) for (const element of value.values()) visit(element, found, seen);
  else if (Object.getPrototypeOf(value) === Object.prototype) {
    for (const element of Object.values(value)) visit(element, found, seen);
  }
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
