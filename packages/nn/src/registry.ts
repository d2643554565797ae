import { isBuffer, isObject, isParameter } from "@kindling/core/extend";
import type { Buffer } from "./buffer.ts";
import type { Parameter } from "./parameter.ts";

/** Every module carries it on its prototype, whichever copy of this package it comes from. */
export const MODULE_BRAND = Symbol.for("kindling.Module");

/** Whether `value` is a module, of this copy of the package or another. */
export function hasModuleBrand(value: unknown): value is object {
  return isObject(value) && (value as Record<symbol, unknown>)[MODULE_BRAND] === true;
}

/** The fields of a module now, under the names that the state dict gives them. */
function* fieldsOf(module: object): Generator<[string, unknown]> {
  const { wireNames } = module.constructor as { wireNames?: Readonly<Record<string, string>> };
  for (const [field, value] of Object.entries(module)) yield [wireNames?.[field] ?? field, value];
}

/** The parameters in fields of `module` itself. */
export function* ownParameters(module: object): Generator<[string, Parameter]> {
  for (const [name, value] of fieldsOf(module)) if (isParameter(value)) yield [name, value as Parameter];
}

/** The buffers in fields of `module` itself. */
export function* ownBuffers(module: object): Generator<[string, Buffer]> {
  for (const [name, value] of fieldsOf(module)) if (isBuffer(value)) yield [name, value as Buffer];
}

/** The modules in fields of `module`. */
export function* ownModules<M extends object>(module: M): Generator<[string, M]> {
  for (const [name, value] of fieldsOf(module)) if (hasModuleBrand(value)) yield [name, value as M];
}

/** The value of the field that the state dict calls `name`. */
export function fieldNamed(module: object, name: string): unknown {
  for (const [field, value] of fieldsOf(module)) if (field === name) return value;
  return undefined;
}
