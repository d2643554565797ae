import { TqdmKeyError } from "./format-template.ts";
import type { Env, Output } from "./terminal.ts";

/** tqdm's arguments in camelCase, with tqdm's defaults. */
export interface TqdmOptions {
  /** Text before the bar. */
  desc?: string | undefined;
  /** Iterations expected. Default: the iterable's `length`, `size` or `shape[0]`; without one, no bar and no estimate. */
  total?: number | null | undefined;
  /** Leave the bar when done (default true); null: only the outermost one. */
  leave?: boolean | null | undefined;
  /** Where to draw. Default: stderr in Node, nowhere in a page; null: nowhere. */
  file?: Output | null | undefined;
  /** Columns of the whole line; 0: no bar, only numbers. Default: the terminal's width, less one, followed as it changes. */
  ncols?: number | null | undefined;
  /** Lines; bars below are hidden. Default: the terminal's height, less one, or 20. */
  nrows?: number | null | undefined;
  /** Seconds between two drawings, at least. Default 0.1. */
  mininterval?: number | undefined;
  /** Seconds after which a drawing is due whatever `miniters` came to. Default 10. */
  maxinterval?: number | undefined;
  /** Iterations between two looks at the clock. Default: found as it goes. */
  miniters?: number | null | undefined;
  /** Draw with ` 123456789#`, or with these characters. Default: where the terminal lacks Unicode. */
  ascii?: boolean | string | null | undefined;
  /** Draw nothing; null: nothing unless `file` is a terminal. Default false. */
  disable?: boolean | null | undefined;
  /** Default "it". */
  unit?: string | undefined;
  /** true: `9.91M` instead of `9910000`; a number multiplies n and total. Default false. */
  unitScale?: boolean | number | undefined;
  /** 1000 (default) or 1024, with `unitScale: true`. */
  unitDivisor?: number | undefined;
  /** Weight of the newest speed in the moving average, 0 (whole average) to 1 (only the newest). Default 0.3. */
  smoothing?: number | undefined;
  /** Python's bar format: `"{desc}: {percentage:3.0f}%|{bar:20}| {n_fmt}/{total_fmt}"`. */
  barFormat?: string | null | undefined;
  /** Where counting starts. Default 0. */
  initial?: number | undefined;
  /** Line of this bar, 0 the first. Default: the first free one. */
  position?: number | null | undefined;
  /** Text or values after the bar. */
  postfix?: string | Readonly<Record<string, unknown>> | null | undefined;
  /** `"green"`, `"#00ff00"`. */
  colour?: string | null | undefined;
  /** Seconds before the first drawing. Default 0. */
  delay?: number | undefined;
  /** Called at every drawing, whether or not there is a `file`: the way to show progress in a page. */
  onUpdate?: ((progress: Progress) => void) | undefined;
  /** The clock, in seconds. Default: `performance.now() / 1000`. */
  time?: (() => number) | undefined;
}

/** What `onUpdate` is told. */
export interface Progress {
  readonly n: number;
  readonly total: number | null;
  /** Seconds. */
  readonly elapsed: number;
  /** Iterations a second; null before the first. */
  readonly rate: number | null;
  readonly desc: string;
  readonly postfix: string;
  /** The line as a terminal shows it. */
  readonly text: string;
  /** true in the last call. */
  readonly closed: boolean;
}

type Read = (text: string) => string | number | boolean;
const number: Read = (text) => Number(text);
const text: Read = (given) => given;
const flag: Read = (given) => !["", "0", "false"].includes(given.toLowerCase());

/** Every option, and how its `TQDM_*` variable is read; null: not from the environment. */
const OPTIONS: Readonly<Record<keyof TqdmOptions, Read | null>> = {
  desc: text,
  total: number,
  leave: flag,
  file: null,
  ncols: number,
  nrows: number,
  mininterval: number,
  maxinterval: number,
  miniters: number,
  ascii: flag,
  disable: flag,
  unit: text,
  unitScale: flag,
  unitDivisor: number,
  smoothing: number,
  barFormat: text,
  initial: number,
  position: number,
  postfix: text,
  colour: text,
  delay: number,
  onUpdate: null,
  time: null,
};

/** @throws TqdmKeyError for what is not an object of options: spread over the defaults, a number would silently do nothing. */
export function checkTqdmOptions(options: unknown, example = 'tqdm(iterable, { desc: "Epoch 1" })'): void {
  if (options === undefined || (typeof options === "object" && options !== null && !Array.isArray(options))) return;
  const got = typeof options === "string" ? `'${options}'` : String(options);
  throw new TqdmKeyError(`tqdm takes its options as an object: got ${got}. Write ${example}.`);
}

/**
 * `options` over what the environment says: `TQDM_MININTERVAL=5` is `{ mininterval: 5 }`, as in Python.
 *
 * @throws TqdmKeyError for an option that there is not.
 */
export function withEnvironment(options: TqdmOptions, env: Env): TqdmOptions {
  checkTqdmOptions(options);
  const unknown = Object.keys(options).filter((key) => !Object.hasOwn(OPTIONS, key));
  if (unknown.length > 0) {
    throw new TqdmKeyError(
      `Unknown argument(s): ${unknown.join(", ")}. tqdm takes ${Object.keys(OPTIONS).join(", ")}.`,
    );
  }
  const merged: Record<string, unknown> = {};
  for (const [key, read] of Object.entries(OPTIONS)) {
    const variable = `TQDM_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
    const given = env(variable);
    if (given === undefined || read === null) continue;
    merged[key] = read(given);
    if (Number.isNaN(merged[key]))
      throw new TqdmKeyError(`${variable} must be a number: it is '${given}'. Unset or mend it.`);
  }
  for (const [key, value] of Object.entries(options)) if (value !== undefined) merged[key] = value;
  return merged;
}
