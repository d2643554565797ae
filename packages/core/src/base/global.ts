/**
 * A value that two copies of this package share: it lives on `globalThis` under `Symbol.for`.
 * The first copy that asks makes it.
 */
export function shared<T>(name: string, make: () => T): T {
  const key = Symbol.for(`kindling.${name}`);
  const registry = globalThis as unknown as Record<symbol, T | undefined>;
  registry[key] ??= make();
  return registry[key] as T;
}
