import { ValueError } from "@kindling/core";
import { checkOptions, describeValue } from "@kindling/core/extend";
import { type Given, withLiveRate } from "./live-rate.ts";

/** The options with their defaults; one that does not exist is refused: misspelt, it would silently do nothing. */
export function withDefaults<O extends object>(name: string, options: Given<O>, defaults: O): O {
  checkOptions(name, options, Object.keys(defaults), `${name}.__init__()`);
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined || typeof defaults[key as keyof O] !== "boolean" || typeof value === "boolean") continue;
    throw new ValueError(name, `${key} must be a bool`, `got ${describeValue(value)}`, `Write { ${key}: true }.`);
  }
  const missing = Object.entries(options).filter(([, value]) => value === undefined);
  const own = Object.fromEntries(missing.map(([key]) => [key, defaults[key as keyof O]]));
  return Object.assign(withLiveRate<O>(name, options, defaults), own);
}
