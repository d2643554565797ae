import { type Tensor, ValueError } from "@kindling/core";
import { isObject, surplusArguments } from "@kindling/core/extend";
import { isModule, type Module } from "../module.ts";
import { checkModule, ModuleSequence } from "./module-sequence.ts";

/** What a `Sequential` holds: a module that can be called with one tensor, and gives one. */
export type Layer = ((x: Tensor) => Tensor) & Module;

/**
 * Modules one after the other: the output of each is the input of the next.
 *
 * ```ts
 * new Sequential(new Flatten(), new Linear(784, 128), new ReLU(), new Linear(128, 10));
 * new Sequential({ l1: new Linear(784, 128), relu: new ReLU(), l2: new Linear(128, 10) });
 * ```
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Sequential.html
 */
export class Sequential extends ModuleSequence<Layer> {
  constructor(...modules: Layer[] | [Readonly<Record<string, Layer>>]) {
    super();
    const [first] = modules;
    if (modules.length === 1 && isPlain(first)) {
      for (const [name, module] of Object.entries(first)) this.#put(name, module);
    } else {
      this.extend(modules as Layer[]);
    }
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Sequential.forward(x)", arguments.length);
    for (const module of this) x = module(x);
    return x;
  }

  #put(name: string, module: Layer): void {
    const problem =
      name === ""
        ? 'module name can\'t be empty string ""'
        : name.includes(".")
          ? `module name can't contain ".", got: ${name}`
          : name in this
            ? `attribute '${name}' already exists`
            : undefined;
    if (problem !== undefined) throw new ValueError("Sequential", problem, "", "Names are fields and parts of a path.");
    (this as unknown as Record<string, Layer>)[name] = checkModule(this, module);
  }
}

/** An object that names modules; not an array or a Map of them, in which no names would be found. */
function isPlain(value: unknown): value is Readonly<Record<string, Layer>> {
  return isObject(value) && !isModule(value) && !(Symbol.iterator in value);
}
