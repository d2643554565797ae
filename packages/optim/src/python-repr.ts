/** A value as Python prints it: `True`, `None`, `1e-08`, `(0.9, 0.999)`, `['l1.weight']`. */
export function pythonRepr(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return pythonNumber(value);
  if (Array.isArray(value)) {
    const items = value.map(pythonRepr).join(", ");
    return value.every((item) => typeof item === "number") ? `(${items})` : `[${items}]`;
  }
  return typeof value === "string" ? `'${value}'` : String(value);
}

/** A number as Python prints it. (JavaScript has one number type: `1.0` is `1`.) */
function pythonNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  const magnitude = Math.abs(value);
  const text = magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e16) ? value.toExponential() : String(value);
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}
