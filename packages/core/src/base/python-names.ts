import { KindlingError } from "./errors.ts";

/** PyTorch's names that objects here do not have, and what to write instead: `numpy: "await x.toTypedArray()"`. */
export type Instead = Readonly<Record<string, string>>;

/**
 * Puts PyTorch's names of methods on `prototype` that say what to write instead: those of `methods`, and the spelling with
 * underscores of every name that is there in camelCase. They are no part of the types, and a name that exists is left as it is.
 *
 * @param attributes names that are read, not called, in PyTorch: reading them throws
 */
export function redirectPythonNames(prototype: object, name: string, methods: Instead, attributes: Instead = {}): void {
  const refuse = (used: string, instead: string): never => {
    throw new KindlingError(name, `'${name}' object has no attribute '${used}'`, "", `Write ${instead}.`);
  };
  const define = (key: string, descriptor: PropertyDescriptor): void => {
    if (!(key in prototype)) Object.defineProperty(prototype, key, { configurable: true, ...descriptor });
  };
  const method = (key: string, instead: string): void =>
    define(key, { writable: true, value: () => refuse(`${key}()`, instead) });
  const attribute = (key: string, instead: string): void =>
    define(key, {
      get: () => refuse(key, instead),
      set: () => refuse(key, instead),
    });
  for (const [key, instead] of Object.entries(methods)) method(key, instead);
  for (const [key, instead] of Object.entries(attributes)) attribute(key, instead);
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    const snake = key.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (snake === key) continue;
    if (typeof descriptor.value === "function") method(snake, `${key}()`);
    else if (descriptor.get !== undefined) attribute(snake, key);
  }
}
