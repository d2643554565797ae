import { ownModules } from "./registry.ts";

export interface Recurse {
  /** Whether to look into children too. Default: true. */
  readonly recurse?: boolean;
}

export interface NamedOptions extends Recurse {
  /** Whether what is shared is listed once. Default: true. */
  readonly removeDuplicate?: boolean;
}

/** `module` and all below it, by path, each before its children; what is in `seen` is left out. */
export function* walk<M extends object>(module: M, path: string, seen: Set<M> | null): Generator<[string, M]> {
  if (seen?.has(module)) return;
  seen?.add(module);
  yield [path, module];
  for (const [name, child] of ownModules(module)) yield* walk(child, join(path, name), seen);
}

/** The results of `own` for `module` and all modules below it, by path. */
export function* members<T>(
  module: object,
  prefix: string,
  { recurse = true, removeDuplicate = true }: NamedOptions,
  own: (module: object) => Iterable<[string, T]>,
): Generator<[string, T]> {
  const seen = new Set<T>();
  const modules = recurse ? walk(module, prefix, removeDuplicate ? new Set() : null) : [[prefix, module] as const];
  for (const [path, owner] of modules) {
    for (const [name, value] of own(owner)) {
      if (removeDuplicate && seen.has(value)) continue;
      seen.add(value);
      yield [join(path, name), value];
    }
  }
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
