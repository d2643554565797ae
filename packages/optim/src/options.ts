import { checkOptions } from "@kindling/core/extend";

/** The options with their defaults; one that does not exist is refused: misspelt, it would silently do nothing. */
export function withDefaults<O extends object>(name: string, options: Partial<O>, defaults: O): O {
  checkOptions(name, options, Object.keys(defaults), `${name}.__init__()`);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}
