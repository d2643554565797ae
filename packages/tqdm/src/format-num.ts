import { general, repr } from "./python-number.ts";

/**
 * Three significant digits, or the number itself where that is no longer: `0.123`, `1.23e+4`, `938`.
 *
 * Same as `tqdm.format_num(n)`.
 */
export function formatNum(n: number): string {
  const short = general(n, 3).replace("e+0", "e+").replace("e-0", "e-");
  const full = repr(n);
  return short.length < full.length ? short : full;
}
