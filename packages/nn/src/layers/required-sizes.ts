import { ValueError } from "@kindling/core";
import { describeValue } from "@kindling/core/extend";

/**
 * Refuses a required size that is not a whole number, before anything is allocated or drawn. The message shows the call that was
 * meant: `new Linear({ inFeatures: 3, outFeatures: 2, bias: false })` is `new Linear(3, 2, { bias: false })`.
 *
 * @param sizes by the names of the parameters, in their order
 */
export function checkSizes(name: string, sizes: Readonly<Record<string, unknown>>): void {
  for (const [parameter, size] of Object.entries(sizes)) {
    if (isSize(size)) continue;
    throw new ValueError(
      name,
      `${parameter} must be a whole number`,
      `got ${size === undefined ? "nothing" : describeValue(size)}`,
      `Write ${callMeant(name, sizes)}.`,
    );
  }
}

/** A whole number, or a list of them; negative ones are refused in PyTorch's words where they are used. */
function isSize(value: unknown): value is number | readonly number[] {
  return Array.isArray(value) ? value.every(Number.isInteger) : Number.isInteger(value);
}

function callMeant(name: string, sizes: Readonly<Record<string, unknown>>): string {
  const [first] = Object.values(sizes);
  const named = isPlain(first) ? camelCased(first) : sizes;
  const required = Object.keys(sizes).map((parameter) => {
    const value = numberIn(named[parameter]);
    return isSize(value) ? JSON.stringify(value) : parameter;
  });
  const options = Object.entries(named)
    .filter(([key]) => !Object.hasOwn(sizes, key))
    .map(([key, value]) => `${key}: ${["number", "boolean"].includes(typeof value) ? String(value) : "..."}`);
  return `new ${name}(${[...required, ...(options.length > 0 ? [`{ ${options.join(", ")} }`] : [])].join(", ")})`;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** With PyTorch's `in_features` as `inFeatures`. */
function camelCased(named: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const camel = (key: string): string => key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(named).map(([key, value]) => [camel(key), value]));
}

function numberIn(value: unknown): unknown {
  return typeof value === "string" && value.trim() !== "" ? Number(value) : value;
}
