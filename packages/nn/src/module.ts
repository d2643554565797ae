import { type Device, type DTypeName, KindlingError, noGrad, type Tensor, ValueError } from "@kindling/core";
import {
  CALL,
  Callable,
  checkOptions,
  describeValue,
  isFloat,
  redirectPythonNames,
  refuseJson,
  resetGrad,
  surplusArguments,
} from "@kindling/core/extend";
import type { Buffer } from "./buffer.ts";
import { formatModule } from "./format-module.ts";
import { Hooks, type RemovableHandle } from "./hooks.ts";
import { checkTarget, replaceContent } from "./move-tensor.ts";
import type { Parameter } from "./parameter.ts";
import { fieldNamed, hasModuleBrand, MODULE_BRAND, ownBuffers, ownModules, ownParameters } from "./registry.ts";
import {
  collectState,
  type IncompatibleKeys,
  type LoadStateDictOptions,
  loadState,
  type StateDict,
} from "./state-dict.ts";
import { members, type NamedOptions, type Recurse, walk } from "./walk.ts";

const RECURSE = ["recurse"];
const NAMED = ["recurse", "removeDuplicate"];

type Inputs<M extends Module> = Parameters<M["forward"]>;
type Output<M extends Module> = ReturnType<M["forward"]>;

export interface Module {
  /** Runs the hooks, and `forward` between them. */
  // biome-ignore lint/style/useShorthandFunctionType: only an interface merges with the class, and knows `this`
  (...inputs: Parameters<this["forward"]>): ReturnType<this["forward"]>;
}

/**
 * The base of all networks and layers. Fields are the registry: a `Parameter`, a `Buffer` or another module in a
 * field is part of this module, under the field's name, in the order of the fields; several modules go into a `ModuleList` or
 * `Sequential`. (A field whose name starts with `#` is nobody's but the class's own: it is not seen.)
 *
 * Write `forward`, and call the module: `net(x)` takes what `forward` takes, gives what it gives, and runs the hooks around it.
 * `net.forward(x)` runs no hooks of `net`, as in PyTorch. `forward` may take and give anything: tuples, option objects, dictionaries.
 *
 * ```ts
 * class Net extends Module {
 *   l1 = new Linear(784, 128);
 *   l2 = new Linear(128, 10);
 *   relu = new ReLU({ inplace: true });
 *
 *   forward(x: Tensor): Tensor {
 *     return this.l2(this.relu(this.l1(x)));
 *   }
 * }
 * const scores = new Net()(images);
 * ```
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Module.html
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the interface says that a call takes and gives what `forward` does
export abstract class Module extends Callable {
  /** State-dict names of fields that are called otherwise: `{ runningMean: "running_mean" }`. */
  static readonly wireNames: Readonly<Record<string, string>> = {};

  /** Whether the module is in training mode: see `train` and `eval`. */
  training = true;

  /** What the module computes. A class says what it takes and gives; of a `Module` that may be any, both are `any`, as in Python. */
  // biome-ignore lint/suspicious/noExplicitAny: a module of an unknown class is a module to call; with unknown or never, nothing could be
  abstract forward(...inputs: any[]): any;

  #hooks: Hooks | null = null;

  protected override [CALL](inputs: readonly unknown[]): unknown {
    return this.#hooks === null ? this.forward(...inputs) : this.#hooks.run(this, inputs);
  }

  // --- what is in it ----------------------------------------------------------------------------------------------

  /** The children, under the names of their fields; one in two fields is listed once. */
  *namedChildren(): Generator<[string, Module]> {
    if (arguments.length > 0) throw surplusArguments("Module.namedChildren()", arguments.length);
    const seen = new Set<Module>();
    for (const [name, child] of ownModules<Module>(this)) {
      if (seen.has(child)) continue;
      seen.add(child);
      yield [name, child];
    }
  }

  *children(): Generator<Module> {
    if (arguments.length > 0) throw surplusArguments("Module.children()", arguments.length);
    for (const [, child] of this.namedChildren()) yield child;
  }

  /** This module and all below it, by path; a module comes before its children. */
  namedModules(prefix = "", options: Omit<NamedOptions, "recurse"> = {}): Generator<[string, Module]> {
    if (arguments.length > 2) throw surplusArguments("Module.namedModules(prefix?, options?)", arguments.length);
    checkOptions("namedModules", options, ["removeDuplicate"]);
    const { removeDuplicate = true } = options;
    return walk<Module>(this, prefix, removeDuplicate ? new Set() : null);
  }

  *modules(): Generator<Module> {
    if (arguments.length > 0) throw surplusArguments("Module.modules()", arguments.length);
    for (const [, module] of this.namedModules()) yield module;
  }

  /** The parameters by path: `l1.weight`. */
  namedParameters(prefix = "", options: NamedOptions = {}): Generator<[string, Parameter]> {
    if (arguments.length > 2) throw surplusArguments("Module.namedParameters(prefix?, options?)", arguments.length);
    checkOptions("namedParameters", options, NAMED);
    return members(this, prefix, options, ownParameters);
  }

  *parameters(options: Recurse = {}): Generator<Parameter> {
    if (arguments.length > 1) throw surplusArguments("Module.parameters(options?)", arguments.length);
    checkOptions("parameters", options, RECURSE);
    for (const [, parameter] of this.namedParameters("", options)) yield parameter;
  }

  namedBuffers(prefix = "", options: NamedOptions = {}): Generator<[string, Buffer]> {
    if (arguments.length > 2) throw surplusArguments("Module.namedBuffers(prefix?, options?)", arguments.length);
    checkOptions("namedBuffers", options, NAMED);
    return members(this, prefix, options, ownBuffers);
  }

  *buffers(options: Recurse = {}): Generator<Buffer> {
    if (arguments.length > 1) throw surplusArguments("Module.buffers(options?)", arguments.length);
    checkOptions("buffers", options, RECURSE);
    for (const [, buffer] of this.namedBuffers("", options)) yield buffer;
  }

  /** The module at a path: `getSubmodule("blocks.0.body")`. */
  getSubmodule(path: string): Module {
    if (arguments.length > 1) throw surplusArguments("Module.getSubmodule(path)", arguments.length);
    checkPath("getSubmodule", path);
    let module: Module = this;
    for (const name of path === "" ? [] : path.split(".")) {
      const value = member("getSubmodule", module, name);
      if (!hasModuleBrand(value)) throw wrongKind("getSubmodule", module, name, "Module");
      module = value as Module;
    }
    return module;
  }

  /** The parameter at a path: `getParameter("l1.weight")`. */
  getParameter(path: string): Parameter {
    if (arguments.length > 1) throw surplusArguments("Module.getParameter(path)", arguments.length);
    checkPath("getParameter", path);
    const dot = path.lastIndexOf(".");
    const module = this.getSubmodule(dot < 0 ? "" : path.slice(0, dot));
    const name = path.slice(dot + 1);
    member("getParameter", module, name);
    for (const [key, parameter] of ownParameters(module)) if (key === name) return parameter;
    throw wrongKind("getParameter", module, name, "Parameter");
  }

  // --- state ------------------------------------------------------------------------------------------------------

  /** Parameters and persistent buffers by path. They share memory with the module's: what changes there changes here. */
  stateDict(prefix = ""): StateDict {
    if (arguments.length > 1) throw surplusArguments("Module.stateDict(prefix?)", arguments.length);
    return collectState(this, prefix);
  }

  /**
   * Copies a state dict into this module; parameters stay the same objects. A key that PyTorch wrote for `self.fc_out` loads into the field
   * `fcOut`, if there is one that it can mean; saving uses the field's name.
   *
   * @throws KindlingError listing every key that is missing, unexpected or of another shape; nothing has been copied then.
   */
  loadStateDict(stateDict: Readonly<Record<string, unknown>>, options: LoadStateDictOptions = {}): IncompatibleKeys {
    if (arguments.length > 2) throw surplusArguments("Module.loadStateDict(stateDict, options?)", arguments.length);
    checkOptions("loadStateDict", options, ["strict"]);
    return loadState(this, stateDict, options);
  }

  /** Moves to a device, or converts what is floating point to a dtype; parameters stay the same objects. */
  to(target: Device | DTypeName): this {
    if (arguments.length > 1) throw surplusArguments("Module.to(target)", arguments.length);
    checkTarget(target);
    const converts = (t: Tensor): boolean => typeof target !== "string" || isFloat(t.dtype);
    noGrad(() => {
      for (const tensor of this.#tensors()) if (converts(tensor)) replaceContent(tensor, tensor.to(target));
    });
    return this;
  }

  /** Converts what is floating point to `float64`. */
  double(): this {
    if (arguments.length > 0) throw surplusArguments("Module.double()", arguments.length);
    return this.to("float64");
  }

  /** Converts what is floating point to `float32`. */
  float(): this {
    if (arguments.length > 0) throw surplusArguments("Module.float()", arguments.length);
    return this.to("float32");
  }

  /** Converts what is floating point to `float16`. */
  half(): this {
    if (arguments.length > 0) throw surplusArguments("Module.half()", arguments.length);
    return this.to("float16");
  }

  /** Converts what is floating point to `bfloat16`. */
  bfloat16(): this {
    if (arguments.length > 0) throw surplusArguments("Module.bfloat16()", arguments.length);
    return this.to("bfloat16");
  }

  /** Moves to the cpu, from a device that cannot be read without waiting too. */
  async cpu(): Promise<this> {
    if (arguments.length > 0) throw surplusArguments("Module.cpu()", arguments.length);
    for (const tensor of [...this.#tensors()]) replaceContent(tensor, await tensor.cpu());
    return this;
  }

  /** Switches training mode on or off, here and below: `Dropout` and the like behave by it. */
  train(mode = true): this {
    if (arguments.length > 1) throw surplusArguments("Module.train(mode?)", arguments.length);
    if (typeof mode !== "boolean") {
      throw new ValueError(
        "train",
        "training mode is expected to be boolean",
        `got ${String(mode)}`,
        "Call train() or eval().",
      );
    }
    for (const module of this.modules()) module.training = mode;
    return this;
  }

  /** Switches training mode off. */
  eval(): this {
    if (arguments.length > 0) throw surplusArguments("Module.eval()", arguments.length);
    return this.train(false);
  }

  /** Calls `fn` with every module below, children first, then with this one. */
  apply(fn: (module: Module) => void): this {
    if (arguments.length > 1) throw surplusArguments("Module.apply(fn)", arguments.length);
    if (typeof fn !== "function") {
      throw new ValueError(
        "apply",
        "apply takes a function",
        `got ${describeValue(fn)}`,
        "Write net.apply((module) => ...).",
      );
    }
    for (const child of this.children()) child.apply(fn);
    fn(this);
    return this;
  }

  /** Forgets the gradients; `setToNone: false` fills them with zeros instead. */
  zeroGrad(options: { readonly setToNone?: boolean } = {}): void {
    if (arguments.length > 1) throw surplusArguments("Module.zeroGrad(options?)", arguments.length);
    checkOptions("zeroGrad", options, ["setToNone"]);
    const { setToNone = true } = options;
    for (const parameter of this.parameters()) resetGrad(parameter, setToNone);
  }

  /** Asks for gradients of all parameters, or freezes them. */
  requiresGrad_(requiresGrad = true): this {
    if (arguments.length > 1) throw surplusArguments("Module.requiresGrad_(requiresGrad?)", arguments.length);
    for (const parameter of this.parameters()) parameter.requiresGrad_(requiresGrad);
    return this;
  }

  /** Gives back the memory of all parameters, their gradients and all buffers. The module cannot be used afterwards. */
  dispose(): void {
    if (arguments.length > 0) throw surplusArguments("Module.dispose()", arguments.length);
    for (const tensor of [...this.#tensors()]) tensor.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Everything that is kept on a device. */
  *#tensors(): Generator<Tensor> {
    for (const parameter of this.parameters()) {
      yield parameter;
      if (parameter.grad !== null) yield parameter.grad;
    }
    yield* this.buffers();
  }

  // --- hooks ------------------------------------------------------------------------------------------------------

  /** Calls `hook` after `forward` in each call of this module; what it returns takes the output's place. */
  registerForwardHook(
    // biome-ignore lint/suspicious/noConfusingVoidType: a hook may return nothing, as in PyTorch
    hook: (module: this, inputs: Inputs<this>, output: Output<this>) => Output<this> | undefined | void,
  ): RemovableHandle {
    if (arguments.length > 1) throw surplusArguments("Module.registerForwardHook(hook)", arguments.length);
    this.#hooks ??= new Hooks();
    return this.#hooks.addPost(hook as Parameters<Hooks["addPost"]>[0]);
  }

  /** Calls `hook` before `forward` in each call of this module; what it returns (one input, or an array of all) takes the inputs' place. */
  registerForwardPreHook(
    // biome-ignore lint/suspicious/noConfusingVoidType: a hook may return nothing, as in PyTorch
    hook: (module: this, inputs: Inputs<this>) => Inputs<this> | Inputs<this>[0] | undefined | void,
  ): RemovableHandle {
    if (arguments.length > 1) throw surplusArguments("Module.registerForwardPreHook(hook)", arguments.length);
    this.#hooks ??= new Hooks();
    return this.#hooks.addPre(hook as Parameters<Hooks["addPre"]>[0]);
  }

  // --- print form -------------------------------------------------------------------------------------------------

  /** The text between the parentheses of the print form. */
  extraRepr(): string {
    if (arguments.length > 0) throw surplusArguments("Module.extraRepr()", arguments.length);
    return "";
  }

  /** @throws ArgumentTypeError always: weights are saved as what `stateDict` gives. */
  toJSON(): never {
    return refuseJson(
      this,
      "save(net.stateDict()), of @kindling/safetensors, for a file; JSON.stringify(net.stateDict()) for text",
    );
  }

  /** PyTorch's print form of a module. */
  override toString(): string {
    return formatModule(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

Object.defineProperty(Module.prototype, MODULE_BRAND, { value: true });

redirectPythonNames(
  Module.prototype,
  "Module",
  {
    cuda: 'net.to(await device("auto")); device is exported by @kindling/backends',
    backward: "loss.backward(), of the tensor that the criterion gives",
    add_module: "a field: this.name = module",
    register_module: "a field: this.name = module",
    register_parameter: "a field: this.name = new Parameter(data)",
    register_buffer: "a field: this.name = new Buffer(data)",
  },
  {},
);

// For what the compiler does not see: plain JavaScript.
Object.defineProperty(Module.prototype, "forward", {
  configurable: true,
  writable: true,
  value(this: object): never {
    throw missingForward(this, `Write it: class ${this.constructor.name} extends Module { forward(x) { ... } }.`);
  },
});

/** The error of calling a module that only holds others. */
export function missingForward(module: object, wayOut: string): KindlingError {
  const rule = `Module [${module.constructor.name}] is missing the required "forward" function`;
  return new KindlingError("forward", rule, "", wayOut);
}

/** Whether `value` is a module, of this copy of the package or another. */
export function isModule(value: unknown): value is Module {
  return hasModuleBrand(value);
}

function checkPath(op: string, path: unknown): void {
  if (typeof path === "string") return;
  throw new ValueError(
    op,
    "a path is a string",
    `got ${describeValue(path)}`,
    `Write net.${op}("0${op === "getParameter" ? ".weight" : ""}").`,
  );
}

function member(op: string, module: Module, name: string): unknown {
  const value = fieldNamed(module, name);
  if (value !== undefined) return value;
  const known = Object.keys(module).filter((key) => key !== "training");
  throw new ValueError(
    op,
    `${module.constructor.name} has no attribute \`${name}\``,
    "",
    `It has: ${known.join(", ") || "nothing"}.`,
  );
}

function wrongKind(op: string, module: Module, name: string, kind: string): ValueError {
  const rule = `\`${name}\` is not an nn.${kind}`;
  return new ValueError(op, rule, `it is a field of ${module.constructor.name}`, `Keep it as one: new ${kind}(...).`);
}
