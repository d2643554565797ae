import { exponential, fixed, general, repr } from "./python-number.ts";

/** A value that formats itself, as the bar does: `{bar:20}`. */
export interface Formattable {
  format(spec: string): string;
}

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(0)?(\d+)?(,)?(?:\.(\d+))?([sdfFeEgG%n])?$/su;
const NUMERIC = "dfFeEgG%n";

/**
 * `format(value, spec)` of Python for strings, numbers, dates and {@link Formattable}:
 * `[[fill]align][sign][0][width][,][.precision][type]`; a date's spec is strftime's.
 *
 * @throws TypeError with Python's words where the spec does not fit the value.
 */
export function formatValue(value: unknown, spec: string): string {
  if (isFormattable(value)) return value.format(spec);
  if (value instanceof Date) return spec === "" ? strftime(value, "%Y-%m-%d %H:%M:%S") : strftime(value, spec);
  if (spec === "") return str(value);
  const kind = typeof value === "number" ? "float" : value === null || value === undefined ? "NoneType" : "str";
  const parts = SPEC.exec(spec);
  if (parts === null) throw new TypeError(`Invalid format specifier '${spec}' for object of type '${kind}'`);
  const [, fill, align, sign, zero, width, comma, precision, type] = parts;
  if (kind !== "float" && type !== undefined && NUMERIC.includes(type)) {
    throw new TypeError(`Unknown format code '${type}' for object of type '${kind}'`);
  }
  let text: string;
  if (typeof value === "number") {
    text = digits(value, type, precision === undefined ? undefined : Number(precision), comma !== undefined);
    if (sign !== undefined && sign !== "-" && !text.startsWith("-")) text = sign + text;
  } else {
    text = precision === undefined ? str(value) : [...str(value)].slice(0, Number(precision)).join("");
  }
  return pad(
    text,
    Number(width ?? 0),
    fill ?? (zero ? "0" : " "),
    align ?? (kind === "float" ? (zero ? "=" : ">") : "<"),
  );
}

/** `str(value)` of Python for what a bar shows. */
export function str(value: unknown): string {
  if (typeof value === "number") return repr(value);
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value);
}

function digits(x: number, type: string | undefined, precision: number | undefined, grouped: boolean): string {
  const text = ungrouped(x, type, precision);
  return grouped ? text.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ",")) : text;
}

function ungrouped(x: number, type: string | undefined, precision: number | undefined): string {
  switch (type) {
    case "f":
    case "F":
      return fixed(x, precision ?? 6);
    case "e":
    case "E":
      return type === "e" ? exponential(x, precision ?? 6) : exponential(x, precision ?? 6).toUpperCase();
    case "%":
      return `${fixed(x * 100, precision ?? 6)}%`;
    case "d":
      if (!Number.isInteger(x)) throw new TypeError("Unknown format code 'd' for object of type 'float'");
      return repr(x);
    case "g":
    case "G":
    case "n":
      return type === "G" ? general(x, precision ?? 6).toUpperCase() : general(x, precision ?? 6);
    default:
      return precision === undefined ? repr(x) : general(x, precision);
  }
}

function pad(text: string, width: number, fill: string, align: string): string {
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  if (align === "<") return text + fill.repeat(missing);
  if (align === "^") return fill.repeat(missing >> 1) + text + fill.repeat(missing - (missing >> 1));
  const sign = align === "=" && /^[-+ ]/.test(text) ? text.charAt(0) : "";
  return sign + fill.repeat(missing) + text.slice(sign.length);
}

function strftime(date: Date, spec: string): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return spec.replace(/%([YmdHMSyIp%])/g, (_, code: string) => {
    if (code === "Y") return String(date.getFullYear());
    if (code === "y") return two(date.getFullYear() % 100);
    if (code === "m") return two(date.getMonth() + 1);
    if (code === "d") return two(date.getDate());
    if (code === "H") return two(date.getHours());
    if (code === "I") return two(date.getHours() % 12 || 12);
    if (code === "p") return date.getHours() < 12 ? "AM" : "PM";
    if (code === "M") return two(date.getMinutes());
    if (code === "S") return two(date.getSeconds());
    return code;
  });
}

function isFormattable(value: unknown): value is Formattable {
  return typeof value === "object" && value !== null && "format" in value && typeof value.format === "function";
}
