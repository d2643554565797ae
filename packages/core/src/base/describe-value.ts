import { isObject } from "./callable.ts";

/** A wrong argument, for messages: `"cuda"`, `32`, `[3, 2]`, `an object`, `a Generator`. */
export function describeValue(value: unknown): string {
  const written = asWritten(value);
  if (written !== undefined) return written;
  if (Array.isArray(value)) return "an array";
  if (!isObject(value)) return `a ${typeof value}`;
  const name = value.constructor?.name ?? "Object";
  return name === "Object" ? "an object" : `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;
}

/** A short value as a program writes it; undefined for what is better described. */
export function asWritten(value: unknown): string | undefined {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" || typeof value === "boolean" || value === null || value === undefined) {
    return String(value);
  }
  const short = Array.isArray(value) && value.length <= 4 && value.every((item) => typeof item === "number");
  return short ? `[${value.join(", ")}]` : undefined;
}
