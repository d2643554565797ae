import { ASCII, Bar, BLANK, BLOCKS } from "./bar.ts";
import { displayWidth, trimToWidth } from "./display-width.ts";
import { formatInterval } from "./format-interval.ts";
import { formatSizeof } from "./format-sizeof.ts";
import { type Formattable, str } from "./format-spec.ts";
import { formatTemplate } from "./format-template.ts";
import { fixed, repr } from "./python-number.ts";

/** What a meter shows; the names are those of `tqdm.format_meter`. */
export interface Meter {
  /** Iterations done. */
  readonly n: number;
  /** Iterations expected; null where that is unknown: no bar then, only counts. */
  readonly total?: number | null;
  /** Seconds since the start. */
  readonly elapsed: number;
  /** Columns of the whole line. null: a bar of 10 and no limit; 0: no bar at all. */
  readonly ncols?: number | null;
  /** Lines of the terminal, for a bar format. */
  readonly nrows?: number | null;
  readonly prefix?: string;
  /** true: ` 123456789#`; a string: its own characters, empty first and full last. */
  readonly ascii?: boolean | string;
  readonly unit?: string;
  /** true: `9.91M` instead of `9910000`; a number multiplies n, total and rate. */
  readonly unitScale?: boolean | number;
  /** Iterations a second; null: the average since the start. */
  readonly rate?: number | null;
  /** `{l_bar}{bar}{r_bar}` in Python's format language, with Python's variable names. */
  readonly barFormat?: string | null;
  /** A string is set off by a comma; anything else is for a bar format to take apart. */
  readonly postfix?: unknown;
  readonly unitDivisor?: number;
  readonly initial?: number;
  readonly colour?: string | null;
}

/**
 * One line of progress, to the character what `tqdm.format_meter` returns:
 * `{desc}: {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [{elapsed}<{remaining}, {rate_fmt}{postfix}]`.
 */
export function formatMeter(meter: Meter): string {
  const { elapsed, prefix = "", unit = "it", unitDivisor = 1000, initial = 0, colour, ascii = false } = meter;
  const ncols = meter.ncols ?? null;
  let { n, total = null, rate = null, unitScale = false, barFormat } = meter;
  if (total && (n >= total + 0.5 || total === Number.POSITIVE_INFINITY)) total = null; // more than expected: unknown again
  if (typeof unitScale === "number" && unitScale !== 0 && unitScale !== 1) {
    if (total) total *= unitScale;
    n *= unitScale;
    if (rate) rate *= unitScale;
    unitScale = false;
  }
  if (rate === null && elapsed) rate = (n - initial) / elapsed;

  const count = (x: number | null): string => {
    if (x === null) return "?";
    return unitScale ? formatSizeof(x, "", unitDivisor) : repr(x);
  };
  const speed = (x: number | null): string => {
    if (!x) return "?";
    return unitScale ? formatSizeof(x) : fixed(x, 2).padStart(5);
  };
  const inverse = rate ? 1 / rate : null;
  const rateNoinvFmt = `${speed(rate)}${unit}/s`;
  const rateInvFmt = `${speed(inverse)}s/${unit}`;
  const slow = inverse !== null && inverse > 1;
  const rateFmt = slow ? rateInvFmt : rateNoinvFmt;
  const remaining = rate && total ? (total - n) / rate : 0;
  const remainingFmt = rate ? formatInterval(remaining) : "?";
  const elapsedFmt = formatInterval(elapsed);
  const postfix = typeof meter.postfix === "string" && meter.postfix ? `, ${meter.postfix}` : (meter.postfix ?? "");
  const tail = `${rateFmt}${str(postfix)}]`;

  const fit = (line: string): string => (ncols ? trimToWidth(line, ncols) : line);
  if (!total && !barFormat) return fit(`${prefix && `${prefix}: `}${count(n)}${unit} [${elapsedFmt}, ${tail}`);

  const left = prefix === "" || prefix.endsWith(": ") ? prefix : `${prefix}: `;
  const percentage = total ? (n / total) * 100 : 0;
  const lBar = total ? `${left}${fixed(percentage, 0).padStart(3)}%|` : `${left}|`;
  const rBar = `| ${count(n)}/${count(total)} [${elapsedFmt}<${remainingFmt}, ${tail}`;
  if (total && ncols === 0) return lBar.slice(0, -1) + rBar.slice(1);

  if (total && !prefix) barFormat = barFormat?.replaceAll("{desc}: ", "");
  const template = barFormat || "{l_bar}{bar}{r_bar}";
  const fields = {
    n,
    n_fmt: count(n),
    total,
    total_fmt: count(total),
    elapsed: elapsedFmt,
    elapsed_s: elapsed,
    ncols,
    nrows: meter.nrows ?? null,
    desc: prefix,
    unit,
    rate: slow ? inverse : rate,
    rate_fmt: rateFmt,
    rate_noinv: rate,
    rate_noinv_fmt: rateNoinvFmt,
    rate_inv: inverse,
    rate_inv_fmt: rateInvFmt,
    postfix,
    unit_divisor: unitDivisor,
    colour: colour ?? null,
    remaining: remainingFmt,
    remaining_s: remaining,
    l_bar: lBar,
    r_bar: rBar,
    eta: new Date(rate && total ? Date.now() + remaining * 1000 : 0),
    percentage,
  };
  const gap = new Gap();
  const around = formatTemplate(template, { ...fields, bar: gap });
  if (!gap.used) return fit(around);
  const charset = total ? (ascii === true ? ASCII : ascii || BLOCKS) : BLANK;
  const width = ncols ? Math.max(1, ncols - displayWidth(around)) : 10;
  const bar = new Bar(total ? n / total : 0, width, charset, colour);
  return fit(formatTemplate(template, { ...fields, bar }));
}

/** Stands in for the bar while the rest of the line is measured. */
class Gap implements Formattable {
  used = false;

  format(): string {
    this.used = true;
    return "";
  }
}
