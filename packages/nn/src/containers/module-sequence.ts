import { IndexOutOfRangeError, ValueError } from "@kindling/core";
import { isObject, pythonType } from "@kindling/core/extend";
import { isModule, Module } from "../module.ts";

/** Modules in order, under the names 0, 1, 2, ... or names of their own: what `Sequential` and `ModuleList` share. */
export abstract class ModuleSequence<Element extends Module> extends Module {
  [index: number]: Element;

  /** The number of modules. */
  override get length(): number {
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
    checkModules(this, modules);
    for (const module of modules) this.append(module);
    return this;
  }
}

/** Whether a module's class was given in place of a module: `new Sequential(ReLU)`. */
function isClass(value: unknown): value is { readonly name: string } {
  return typeof value === "function" && isModule(value.prototype);
}

/** Refuses what holds no modules: `new ModuleList(a, b)`. */
function checkModules(container: object, modules: unknown): void {
  if (isObject(modules) && Symbol.iterator in modules) return;
  const { name } = container.constructor;
  const rule = `${name}.extend should be called with an iterable, but got ${kindOf(modules)}`;
  throw new ValueError(name, rule, "", "Put the modules in an array: [new Linear(2, 2), new ReLU()].");
}

/** Gives `module` back, or throws when it is none. */
export function checkModule<M>(container: object, module: M): M {
  if (isModule(module)) return module;
  const { name } = container.constructor;
  throw new ValueError(name, `${kindOf(module)} is not a Module subclass`, "", wayToModule(name, module));
}

function wayToModule(name: string, given: unknown): string {
  if (isClass(given)) return `Write new ${given.name}().`;
  // In a list, those are its elements.
  if (Array.isArray(given) && given.some(isModule))
    return `${name} takes modules, not an array: spread it, ${name}(...modules).`;
  return `Pass modules: new ${name}(new Linear(2, 2), new ReLU()).`;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value) || !isObject(value)) return pythonType(value);
  return value.constructor?.name ?? "object";
}
