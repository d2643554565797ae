import { ValueError } from "@kindling/core";

/** Takes a hook away again. */
export interface RemovableHandle {
  remove(): void;
}

type PreHook = (module: object, inputs: readonly unknown[]) => unknown;
type PostHook = (module: object, inputs: readonly unknown[], output: unknown) => unknown;

interface Callee {
  forward(...inputs: readonly unknown[]): unknown;
}

/** The hooks of one module. A call of the module runs them around its `forward`; `forward` itself knows nothing of them. */
export class Hooks {
  readonly #pre = new Set<{ readonly hook: PreHook }>();
  readonly #post = new Set<{ readonly hook: PostHook }>();

  addPre(hook: PreHook): RemovableHandle {
    return add("registerForwardPreHook", this.#pre, hook);
  }

  addPost(hook: PostHook): RemovableHandle {
    return add("registerForwardHook", this.#post, hook);
  }

  /** `forward` of `module` between its hooks. */
  run(module: Callee, inputs: readonly unknown[]): unknown {
    let args = inputs;
    for (const { hook } of this.#pre) {
      const replaced = hook(module, args);
      if (replaced !== undefined) args = Array.isArray(replaced) ? replaced : [replaced];
    }
    let output = module.forward(...args);
    for (const { hook } of this.#post) {
      const replaced = hook(module, args, output);
      if (replaced !== undefined) output = replaced;
    }
    return output;
  }
}

function add<H>(op: string, hooks: Set<{ readonly hook: H }>, hook: H): RemovableHandle {
  if (typeof hook !== "function") {
    throw new ValueError(op, "a hook is a function", `got ${typeof hook}`, "Pass (module, inputs, output) => ...");
  }
  const entry = { hook }; // the same function may be there twice
  hooks.add(entry);
  return {
    remove() {
      hooks.delete(entry);
    },
  };
}
