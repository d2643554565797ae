import { ArgumentTypeError } from "@kindling/core";
import { describeValue, surplusArguments } from "@kindling/core/extend";
import { formatModuleList } from "../format-module.ts";
import { type Module, missingForward } from "../module.ts";
import { checkModule, ModuleSequence } from "./module-sequence.ts";

/**
 * A list of modules that its owner calls as it likes: what stands in a plain array is not registered.
 *
 * ```ts
 * blocks = new ModuleList([new Linear(8, 8), new Linear(8, 8)]);
 * forward(x: Tensor): Tensor {
 *   for (const block of this.blocks) x = block(x).relu();
 *   return x;
 * }
 * ```
 *
 * `new ModuleList<Block>([...])` says that elements are more than modules.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.ModuleList.html
 */
export class ModuleList<Element extends Module = Module> extends ModuleSequence<Element> {
  constructor(modules: Iterable<NoInfer<Element>> = []) {
    if (arguments.length > 1) throw surplusArguments("new ModuleList(modules?)", arguments.length);
    super();
    this.extend(modules);
  }

  /** Puts a module before position `index`. */
  insert(index: number, module: Element): this {
    if (arguments.length > 2) throw surplusArguments("ModuleList.insert(index, module)", arguments.length);
    checkModule(this, module);
    if (!Number.isInteger(index)) {
      throw new ArgumentTypeError("ModuleList", "index must be a whole number", `got ${describeValue(index)}`);
    }
    const modules = [...this];
    modules.splice(index, 0, module);
    modules.forEach((element, i) => {
      this[i] = element;
    });
    return this;
  }

  override forward(..._inputs: unknown[]): unknown {
    throw missingForward(this, "Call its elements: for (const block of blocks) x = block(x).");
  }

  override toString(): string {
    return formatModuleList(this);
  }
}
