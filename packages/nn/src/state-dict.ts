import { isTensor, KindlingError, noGrad, scope, type Tensor } from "@kindling/core";
import {
  isObject,
  isPersistentBuffer as isPersistent,
  pythonType,
  StateReader,
  sameShape,
} from "@kindling/core/extend";
import { ownBuffers, ownModules, ownParameters } from "./registry.ts";
import { snakeCaseNames } from "./snake-case-names.ts";

/** Parameters and persistent buffers by their path, as PyTorch names them: `l1.weight`. */
export type StateDict = Record<string, Tensor>;

export interface LoadStateDictOptions {
  /** Whether every key must be there and no other. Default: true. */
  readonly strict?: boolean;
}

/** The differences between a state dict and a module. */
export interface IncompatibleKeys {
  readonly missingKeys: readonly string[];
  readonly unexpectedKeys: readonly string[];
}

/** The tensors of `module` itself that a state dict has: parameters, then persistent buffers. */
function* ownState(module: object): Generator<[string, Tensor]> {
  yield* ownParameters(module);
  for (const [name, buffer] of ownBuffers(module)) if (isPersistent(buffer)) yield [name, buffer];
}

/** Collects the state of `module` and what is below it. The tensors are detached and share memory with the module's. */
export function collectState(module: object, prefix: string, into: StateDict = {}): StateDict {
  for (const [name, tensor] of ownState(module)) into[prefix + name] = tensor.detach();
  for (const [name, child] of ownModules(module)) collectState(child, `${prefix}${name}.`, into);
  return into;
}

/**
 * Copies the tensors of `stateDict` into those of `module`, which stay the same objects. As in PyTorch, a wrong shape is an error even
 * when not strict; unlike there, nothing has been copied when an error is thrown.
 */
export function loadState(
  module: object,
  stateDict: Readonly<Record<string, unknown>>,
  { strict = true }: LoadStateDictOptions = {},
): IncompatibleKeys {
  new StateReader("loadStateDict", stateDict); // throws for what is no dictionary
  const report: Report = { missing: [], unexpected: [], errors: [], copies: [] };
  compare(module, "", "", stateDict, report);
  const problems = [...report.errors];
  if (strict && report.unexpected.length > 0) {
    problems.unshift(`Unexpected key(s) in state_dict: ${quoted(report.unexpected)}. `);
  }
  if (strict && report.missing.length > 0) {
    problems.unshift(`Missing key(s) in state_dict: ${quoted(report.missing)}. `);
  }
  if (problems.length > 0) {
    const onlyKeys = report.errors.length === 0;
    throw new KindlingError(
      "loadStateDict",
      `Error(s) in loading state_dict for ${module.constructor.name}:\n\t${problems.join("\n\t")}`,
      "",
      onlyKeys
        ? "Load what fits with { strict: false }, or rename the keys."
        : "Build the module with the sizes that were saved.",
    );
  }
  noGrad(() =>
    scope(() => {
      // First the part that may fail: a device may have no room for them all.
      const ready = report.copies.map(({ to, from }) => {
        const shaped = from.ndim === to.ndim ? from : from.reshape([]);
        return { to, from: shaped.to(to.dtype).to(to.device) };
      });
      for (const { to, from } of ready) to.copy_(from);
    }),
  );
  return new Keys(report.missing, report.unexpected);
}

interface Report {
  readonly missing: string[];
  readonly unexpected: string[];
  readonly errors: string[];
  readonly copies: { readonly to: Tensor; readonly from: Tensor }[];
}

/**
 * Holds a state dict against the module and what is below it, and changes nothing. `prefix` is the path of the module, `given` the same in
 * the spelling of the state dict.
 */
function compare(
  module: object,
  prefix: string,
  given: string,
  dict: Readonly<Record<string, unknown>>,
  report: Report,
): void {
  const state = new Map(ownState(module));
  const children = new Map(ownModules(module));
  const keys = Object.keys(dict).flatMap((key) => {
    if (!key.startsWith(given)) return [];
    const [head = "", ...rest] = key.slice(given.length).split(".");
    return [{ key, head, isBelow: rest.length > 0 }];
  });
  const heads = (below: boolean): string[] => keys.flatMap(({ head, isBelow }) => (isBelow === below ? [head] : []));
  const stateNames = snakeCaseNames(state.keys(), heads(false));
  const childNames = snakeCaseNames(children.keys(), heads(true));
  for (const [name, tensor] of state) {
    const key = given + (stateNames.get(name) ?? name);
    if (!Object.hasOwn(dict, key)) {
      if (!isOptional(module, name)) report.missing.push(prefix + name);
    } else checkEntry(tensor, key, dict[key], report);
  }
  const known = [
    new Set([...state.keys(), ...stateNames.values()]),
    new Set([...children.keys(), ...childNames.values()]),
  ];
  for (const { key, head, isBelow } of keys) if (!known[isBelow ? 1 : 0]?.has(head)) report.unexpected.push(key);
  for (const [name, child] of children) {
    compare(child, `${prefix}${name}.`, `${given}${childNames.get(name) ?? name}.`, dict, report);
  }
}

/** Whether the module takes state dicts that lack this: a class names such tensors in `static optionalState`. */
function isOptional(module: object, name: string): boolean {
  const { optionalState } = module.constructor as { optionalState?: readonly string[] };
  return optionalState?.includes(name) ?? false;
}

function checkEntry(to: Tensor, key: string, value: unknown, { errors, copies }: Report): void {
  if (!isTensor(value)) {
    errors.push(
      `While copying the parameter named "${key}", expected torch.Tensor or Tensor-like object from checkpoint but received <class '${typeName(value)}'>`,
    );
    return;
  }
  for (const tensor of [to, value]) {
    if (!tensor.isDisposed) continue;
    const whose = tensor === to ? "the module's own tensor" : "the tensor";
    errors.push(`While copying the parameter named "${key}", ${whose} has been freed.`);
    return;
  }
  const fits = sameShape(value.shape, to.shape) || (to.ndim === 0 && sameShape(value.shape, [1]));
  if (!fits) {
    errors.push(
      `size mismatch for ${key}: copying a param with shape torch.Size([${value.shape.join(", ")}]) from checkpoint, the shape in current model is torch.Size([${to.shape.join(", ")}]).`,
    );
    return;
  }
  copies.push({ to, from: value });
}

/** The result of `loadStateDict`; it prints as PyTorch's does. */
class Keys implements IncompatibleKeys {
  readonly missingKeys: readonly string[];
  readonly unexpectedKeys: readonly string[];

  constructor(missingKeys: readonly string[], unexpectedKeys: readonly string[]) {
    this.missingKeys = missingKeys;
    this.unexpectedKeys = unexpectedKeys;
  }

  toString(): string {
    const list = (keys: readonly string[]): string => `[${keys.map((key) => `'${key}'`).join(", ")}]`;
    if (this.missingKeys.length + this.unexpectedKeys.length === 0) return "<All keys matched successfully>";
    return `_IncompatibleKeys(missing_keys=${list(this.missingKeys)}, unexpected_keys=${list(this.unexpectedKeys)})`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

function typeName(value: unknown): string {
  const plain = !isObject(value) || Array.isArray(value);
  // An object may have no constructor, or a key of that name.
  return plain ? pythonType(value) : (Object.getPrototypeOf(value)?.constructor.name ?? "object");
}

function quoted(keys: readonly string[]): string {
  return keys.map((key) => `"${key}"`).join(", ");
}
