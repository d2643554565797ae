import { fixed } from "./python-number.ts";

/**
 * A number with three digits and an SI prefix: `9.91M`, `12.3k`, `999`.
 *
 * Same as `tqdm.format_sizeof(num, suffix, divisor)`.
 */
export function formatSizeof(num: number, suffix = "", divisor = 1000): string {
  let rest = num;
  for (const unit of ["", "k", "M", "G", "T", "P", "E", "Z"]) {
    const size = Math.abs(rest);
    if (size < 999.5) return fixed(rest, size < 9.995 ? 2 : size < 99.95 ? 1 : 0) + unit + suffix;
    rest /= divisor;
  }
  return `${fixed(rest, 1)}Y${suffix}`;
}
