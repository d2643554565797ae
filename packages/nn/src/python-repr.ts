/** `True` or `False`. */
export function pythonBool(value: boolean): string {
  return value ? "True" : "False";
}

/** A number as Python prints it: `0.2`, `1e-05`. (JavaScript has one number type: `1.0` is `1`.) */
export function pythonNumber(value: number): string {
  const magnitude = Math.abs(value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  const text = magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e16) ? value.toExponential() : String(value);
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}
