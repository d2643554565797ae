import { IndexOutOfRangeError, pythonType, ValueError } from "@kindling/core";
import { type AnyModule, isModule, Module } from "../module.ts";

/** Modules in order, under the names 0, 1, 2, ... or names of their own: what `Sequential` and `ModuleList` share. */
export abstract class ModuleSequence<Element extends AnyModule> extends Module {
  [index: number]: Element;

  /** The number of modules. */
  get length(): number {
    return [...this].length;
  }

  *[Symbol.iterator](): Generator<Element> {
    for (const value of Object.values(this)) if (isModule(value)) yield value as Element;
  }

  /** The module at a position; negative ones count from the back. */
  at(index: number): Element {
    const modules = [...this];
    const found = modules.at(index);
    if (found !== undefined) return found;
    const name = this.constructor.name;
    throw new IndexOutOfRangeError(name, `index ${index} is out of range`, "", `It holds ${modules.length} modules.`);
  }

  /** Adds a module at the end. */
  append(module: Element): this {
    this[this.length] = checkModule(this, module);
    return this;
  }

  /** Adds modules at the end. */
  extend(modules: Iterable<Element>): this {
    for (const module of modules) this.append(module);
    return this;
  }
}

/** Whether a module's class was given in place of a module: `new Sequential(ReLU)`. */
function isClass(value: unknown): value is { readonly name: string } {
  return typeof value === "function" && isModule(value.prototype);
}

/** Gives `module` back, or throws when it is none. */
export function checkModule<M>(container: object, module: M): M {
  if (isModule(module)) return module;
  const { name } = container.constructor;
  const kind = typeof module === "object" && module !== null ? module.constructor.name : pythonType(module);
  throw new ValueError(
    name,
    `${kind} is not a Module subclass`,
    "",
    isClass(module) ? `Write new ${module.name}().` : `Pass modules: new ${name}(new Linear(2, 2), new ReLU()).`,
  );
}
