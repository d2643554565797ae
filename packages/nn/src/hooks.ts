import { ValueError } from "@kindling/core";

/** Takes a hook away again. */
export interface RemovableHandle {
  remove(): void;
}

type Call = (...inputs: unknown[]) => unknown;
type PreHook = (module: object, inputs: unknown[]) => unknown;
type PostHook = (module: object, inputs: unknown[], output: unknown) => unknown;

interface Hooks {
  readonly pre: Set<{ hook: PreHook }>;
  readonly post: Set<{ hook: PostHook }>;
  /** Gives the instance back the `forward` it had. */
  unwrap(): void;
}

/** The hooks of the modules that have some: their instance has a `forward` of its own, which calls them. */
const hooked = new WeakMap<object, Hooks>();

/** Calls `hook` before `forward` of this instance; what it returns takes the place of the inputs. */
export function addPreHook(module: { forward: unknown }, hook: PreHook): RemovableHandle {
  return addHook("registerForwardPreHook", module, hook, (hooks) => hooks.pre);
}

/** Calls `hook` after `forward` of this instance; what it returns takes the place of the output. */
export function addPostHook(module: { forward: unknown }, hook: PostHook): RemovableHandle {
  return addHook("registerForwardHook", module, hook, (hooks) => hooks.post);
}

function addHook<H>(
  op: string,
  module: { forward: unknown },
  hook: H,
  pick: (hooks: Hooks) => Set<{ hook: H }>,
): RemovableHandle {
  if (typeof hook !== "function") {
    throw new ValueError(op, "a hook is a function", `got ${typeof hook}`, "Pass (module, inputs, output) => ...");
  }
  const entry = { hook };
  const hooks = hooked.get(module) ?? wrapForward(module);
  pick(hooks).add(entry);
  return {
    remove() {
      pick(hooks).delete(entry);
      if (hooks.pre.size + hooks.post.size === 0) hooks.unwrap();
    },
  };
}

/** Puts a `forward` on the instance that runs its hooks around the one it had. */
function wrapForward(module: { forward: unknown }): Hooks {
  const own = Object.getOwnPropertyDescriptor(module, "forward");
  const forward = (...inputs: unknown[]): unknown => {
    let args = inputs;
    for (const { hook } of hooks.pre) {
      const replaced = hook(module, args);
      if (replaced !== undefined) args = Array.isArray(replaced) ? replaced : [replaced];
    }
    const call: Call = own?.value ?? Object.getPrototypeOf(module).forward;
    let output = call.apply(module, args);
    for (const { hook } of hooks.post) {
      const replaced = hook(module, args, output);
      if (replaced !== undefined) output = replaced;
    }
    return output;
  };
  const hooks: Hooks = {
    pre: new Set(),
    post: new Set(),
    unwrap() {
      if (module.forward !== forward) return;
      hooked.delete(module);
      if (own === undefined) Reflect.deleteProperty(module, "forward");
      else Object.defineProperty(module, "forward", own);
    },
  };
  hooked.set(module, hooks);
  Object.defineProperty(module, "forward", { value: forward, configurable: true, writable: true, enumerable: false });
  return hooks;
}
