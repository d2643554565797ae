import { isObject } from "./callable.ts";

/**
 * A value as Python's `repr` prints it: `1e-08`, `0.001`, `True`, `None`, `'x'`, `(0.9, 0.999)`, `['l1.weight']`.
 *
 * JavaScript has one number type and one sequence: a whole number prints as an int (`1`, see `pythonFloat`), an array of
 * numbers as a tuple, any other array as a list. `list` prints all arrays as lists.
 */
export function pythonRepr(value: unknown, options: { readonly list?: boolean } = {}): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return Number.isInteger(value) ? integerRepr(value) : pythonFloat(value);
  if (typeof value === "string") return stringRepr(value);
  if (!Array.isArray(value)) return String(value);
  const items = value.map((item) => pythonRepr(item, options));
  if (options.list === true || !value.every((item) => typeof item === "number")) return `[${items.join(", ")}]`;
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;
}

/** A number as Python prints a float: `10.0`, `1e-07`, `1e+16`. */
export function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e16)) {
    // An exponent has two digits at least.
    return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  }
  const text = Object.is(value, -0) ? "-0" : String(value);
  return text.includes(".") ? text : `${text}.0`;
}

/** Python's name of the type of a value: `int`, `float`, `str`, `bool`, `NoneType`, `list`; of an object that is called, its class. */
export function pythonType(value: unknown): string {
  if (value === null || value === undefined) return "NoneType";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  if (typeof value === "string") return "str";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "function" && isObject(value)) return value.constructor.name;
  return Array.isArray(value) ? "list" : typeof value;
}

function integerRepr(value: number): string {
  return Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString();
}

/** Python prefers single quotes, unless only they occur. */
function stringRepr(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escaped = value
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t")
    .replaceAll(quote, `\\${quote}`);
  return quote + escaped + quote;
}
