import { type DType, isFloat } from "../base/dtype.ts";
import { formatExponential, formatFixed } from "./format-number.ts";
import type { PrintOptions } from "./print-options.ts";

/** Writes the elements of one tensor, all alike and equally wide. */
export interface ElementFormatter {
  readonly width: number;
  format(value: number): string;
}

/**
 * The formatter that suits `values`, PyTorch's `_Formatter`. Floats are whole (`1.`), fixed (`1.5000`) or scientific
 * (`1.5000e+00`), by their finite values other than 0: scientific if the greatest magnitude is over 1e8 or over 1000
 * times the least, or the least is under 1e-4. Only these values make the width.
 */
export function elementFormatter(values: ArrayLike<number>, dtype: DType, options: PrintOptions): ElementFormatter {
  if (dtype === "bool") return padded(values, (value) => (value === 0 ? "False" : "True"));
  if (!isFloat(dtype)) return padded(values, formatInteger);
  const counted: number[] = [];
  let least = Infinity;
  let greatest = 0;
  let whole = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value === 0 || !Number.isFinite(value)) continue;
    counted.push(value);
    least = Math.min(least, Math.abs(value));
    greatest = Math.max(greatest, Math.abs(value));
    whole &&= Number.isInteger(value);
  }
  if (counted.length === 0) return padded(counted, formatWhole);
  const scientific = options.sciMode ?? (greatest / least > 1000 || greatest > 1e8 || least < 1e-4);
  if (scientific) return padded(counted, (value) => formatExponential(value, options.precision));
  return padded(counted, whole ? formatWhole : (value) => formatFixed(value, options.precision));
}

function padded(counted: ArrayLike<number>, write: (value: number) => string): ElementFormatter {
  let width = 1;
  for (let i = 0; i < counted.length; i++) width = Math.max(width, write(counted[i] as number).length);
  return { width, format: (value) => write(value).padStart(width) };
}

/** All digits of the least `int64` too, which NaN becomes; JavaScript rounds what it prints to 17. */
function formatInteger(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : String(BigInt(value));
}

function formatWhole(value: number): string {
  return formatFixed(value, 0) + (Number.isFinite(value) ? "." : "");
}
