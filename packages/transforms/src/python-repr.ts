/** A value as Python's `repr` prints it; an array prints as a list, a whole number as an int. */
export function repr(value: number | boolean | string | null | readonly number[]): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : reprFloat(value);
  if (typeof value === "string") return value;
  return `[${value.map(repr).join(", ")}]`;
}

/** A number as Python's `repr` prints a float: `10.0`, `1e-07`. */
export function reprFloat(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return value.toFixed(1);
  const text = String(value);
  const exponent = /^(.*)e([+-])(\d)$/.exec(text);
  return exponent === null ? text : `${exponent[1]}e${exponent[2]}0${exponent[3]}`;
}

/** What Python calls the type of a value: `int`, `str`, `NoneType`. */
export function typeName(value: unknown): string {
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  if (typeof value === "string") return "str";
  if (typeof value === "boolean") return "bool";
  if (value === null || value === undefined) return "NoneType";
  return Array.isArray(value) ? "list" : typeof value;
}
