import { terminal } from "#terminal";
import { displayWidth } from "./display-width.ts";
import { formatMeter, type Meter } from "./format-meter.ts";
import { formatNum } from "./format-num.ts";
import { str } from "./format-spec.ts";
import { TqdmKeyError } from "./format-template.ts";
import { closeBar, openBar, type Placed } from "./open-bars.ts";
import { checkTqdmOptions, type Progress, type TqdmOptions, withEnvironment } from "./options.ts";
import { Pace } from "./pace.ts";
import type { Output } from "./terminal.ts";
import { dispose } from "./using.ts";

const MOVE_UP = "\x1b[A";
const HIDDEN = " ... (more hidden) ...";

/** Whether a drawing follows at once. */
export interface RefreshOptions {
  refresh?: boolean;
}

/** A bar that is moved by hand: `update(n)` until done, then `close()`. */
export class TqdmBar implements Placed {
  /** Iterations done; may be set, `refresh()` shows it. */
  n: number;
  total: number | null;
  desc: string;
  /** What follows the rate; `setPostfix` writes it. */
  postfix: unknown = null;
  leave: boolean | null;
  unit: string;
  unitScale: boolean | number;
  unitDivisor: number;
  colour: string | null;
  barFormat: string | null;
  pos = 0;

  protected active: boolean;
  readonly #file: Output | null;
  readonly #options: TqdmOptions;
  readonly #ascii: boolean | string;
  readonly #initial: number;
  readonly #delay: number;
  readonly #time: () => number;
  #pace: Pace;
  #startT: number | null = null;
  #lastWidth = 0;
  #overall = false;

  /** @throws TqdmKeyError for an option that there is not. */
  constructor(given: TqdmOptions = {}) {
    const options = withEnvironment(given, terminal.env);
    this.#options = options;
    this.#file = options.file === undefined ? terminal.stderr : options.file;
    this.total = known(options.total);
    this.desc = options.desc ?? "";
    this.leave = options.leave === undefined ? true : options.leave;
    this.unit = options.unit ?? "it";
    this.unitScale = options.unitScale ?? false;
    this.unitDivisor = options.unitDivisor ?? 1000;
    this.colour = options.colour ?? null;
    this.barFormat = options.barFormat ?? null;
    this.#ascii = options.ascii ?? !(this.#file?.unicode ?? terminal.unicode);
    this.#initial = options.initial ?? 0;
    this.#delay = options.delay ?? 0;
    this.#time = options.time ?? (() => performance.now() / 1000);
    this.n = this.#initial;
    this.#pace = this.#newPace();
    if (typeof options.postfix === "string") this.postfix = options.postfix;
    else if (options.postfix) this.setPostfix(options.postfix, { refresh: false });

    const disable = options.disable === null ? this.#file?.isTTY !== true : options.disable === true;
    this.active = !disable && (this.#file !== null || options.onUpdate !== undefined);
    if (!this.active) return;
    openBar(this, options.position);
    if (this.#delay <= 0) this.refresh();
    this.#startT = this.#pace.lastTime = this.#time();
  }

  /** Whether nothing is drawn: asked for, nowhere to draw, or closed. */
  get disabled(): boolean {
    return !this.active;
  }

  /** Moves on by `n`; true where that led to a drawing. */
  update(n = 1): boolean {
    if (!this.active) return false;
    if (n < 0) this.#pace.shift(n);
    this.n += n;
    return this.n >= this.#pace.nextLook && this.#look();
  }

  /** Draws for the last time, with the overall speed, and ends the line; or wipes it, with `leave: false`. */
  close(): void {
    if (!this.active) return;
    this.active = false;
    closeBar(this, this.#nrows ?? 20);
    if (this.#startT === null || this.#pace.lastTime < this.#startT + this.#delay) return; // never drawn
    this.#overall = true;
    const pos = Math.abs(this.pos);
    if (this.leave ?? pos === 0) {
      this.#display(null, 0);
      this.#file?.write("\n");
    } else if (this.#display("", pos) && pos === 0) {
      this.#file?.write("\r");
    }
  }

  [dispose](): void {
    this.close();
  }

  /** Draws now. */
  refresh(): void {
    if (this.active) this.#display(null, Math.abs(this.pos));
  }

  /** Wipes the bar until the next drawing. */
  clear(): void {
    const pos = Math.abs(this.pos);
    if (!this.active || pos >= (this.#nrows ?? 20)) return;
    this.#file?.write("\n".repeat(pos));
    this.#print("");
    this.#file?.write(`\r${MOVE_UP.repeat(pos)}`);
  }

  /** Text before the bar, `desc: `. */
  setDescription(desc: string | null = null, options: RefreshOptions = {}): void {
    const refresh = refreshOf(options, "bar.setDescription(..., { refresh: false })");
    this.setDescriptionStr(desc ? `${desc}: ` : "", { refresh });
  }

  /** Text before the bar as it is. */
  setDescriptionStr(desc: string | null = null, options: RefreshOptions = {}): void {
    const refresh = refreshOf(options, "bar.setDescriptionStr(..., { refresh: false })");
    this.desc = desc ?? "";
    if (refresh) this.refresh();
  }

  /** `name=value, ...` after the speed, in the order given; a number with three significant digits. */
  setPostfix(values: Readonly<Record<string, unknown>> = {}, options: RefreshOptions = {}): void {
    const refresh = refreshOf(options, "bar.setPostfix(..., { refresh: false })");
    const isNumber = (value: unknown) => typeof value === "number" || typeof value === "boolean";
    const show = (value: unknown): string => (isNumber(value) ? formatNum(Number(value)) : str(value).trim());
    const postfix = Object.entries(values).map(([name, value]) => `${name}=${show(value)}`);
    this.setPostfixStr(postfix.join(", "), { refresh });
  }

  /** Text after the speed as it is. */
  setPostfixStr(postfix = "", options: RefreshOptions = {}): void {
    const refresh = refreshOf(options, "bar.setPostfixStr(..., { refresh: false })");
    this.postfix = postfix;
    if (refresh) this.refresh();
  }

  /** Whether what is written to `file` would break this bar: standard output and error are one screen. */
  shares(file: Output): boolean {
    const standard = [terminal.stdout, terminal.stderr];
    return this.#file !== null && (this.#file === file || [this.#file, file].every((f) => standard.includes(f)));
  }

  /** Forgets the time since the last drawing: for a pause. */
  unpause(): void {
    if (!this.active || this.#startT === null) return;
    const now = this.#time();
    this.#startT += now - this.#pace.lastTime;
    this.#pace.lastTime = now;
  }

  /** Back to 0, for use once more. */
  reset(total?: number | null): void {
    this.n = 0;
    if (total !== undefined) this.total = known(total);
    if (!this.active) return;
    this.#pace = this.#newPace();
    this.#startT = this.#pace.lastTime = this.#time();
    this.refresh();
  }

  /** What the next drawing shows. */
  get meter(): Meter {
    return {
      n: this.n,
      total: this.total,
      elapsed: this.#startT === null ? 0 : this.#time() - this.#startT,
      ncols: this.#options.ncols ?? lessOne(this.#file?.columns),
      nrows: this.#nrows,
      prefix: this.desc,
      ascii: this.#ascii,
      unit: this.unit,
      unitScale: this.unitScale,
      rate: this.#overall ? null : this.#pace.rate,
      barFormat: this.barFormat,
      postfix: this.postfix,
      unitDivisor: this.unitDivisor,
      initial: this.#initial,
      colour: this.colour,
    };
  }

  toString(): string {
    return formatMeter(this.meter);
  }

  /** The clock's turn. */
  #look(): boolean {
    const now = this.#time();
    if (now < (this.#startT ?? 0) + this.#delay || !this.#pace.isDue(this.n, now)) return false;
    this.#pace.measure(this.n, now);
    this.refresh();
    return true;
  }

  #newPace(): Pace {
    const { mininterval = 0.1, maxinterval = 10, miniters = null, smoothing = 0.3 } = this.#options;
    return new Pace(this.n, { mininterval, maxinterval, miniters, smoothing });
  }

  get #nrows(): number | null {
    return this.#options.nrows ?? lessOne(this.#file?.rows);
  }

  #display(message: string | null, pos: number): boolean {
    const nrows = this.#nrows ?? 20;
    if (pos >= nrows) return false;
    const meter = this.meter;
    const line = formatMeter(meter);
    const text = message ?? (pos === nrows - 1 ? HIDDEN : line);
    if (this.#file !== null) {
      if (pos > 0) this.#file.write("\n".repeat(pos));
      this.#print(text);
      if (pos > 0) this.#file.write(MOVE_UP.repeat(pos));
    }
    this.#options.onUpdate?.(this.#progress(meter, line));
    return true;
  }

  #print(text: string): void {
    const width = displayWidth(text);
    this.#file?.write(`\r${text}${" ".repeat(Math.max(this.#lastWidth - width, 0))}`);
    this.#lastWidth = width;
  }

  #progress(meter: Meter, text: string): Progress {
    const { n, total = null, elapsed, initial = 0 } = meter;
    const rate = meter.rate ?? (elapsed > 0 ? (n - initial) / elapsed : null);
    const [desc, postfix] = [this.desc.replace(/: $/, ""), str(this.postfix ?? "")];
    return { n, total, elapsed, rate, desc, postfix, text, closed: !this.active };
  }
}

function refreshOf(options: RefreshOptions, example: string): boolean {
  checkTqdmOptions(options, example);
  const unknown = Object.keys(options).filter((key) => key !== "refresh");
  if (unknown.length > 0) throw new TqdmKeyError(`Unknown argument(s): ${unknown.join(", ")}. Write ${example}.`);
  return options.refresh ?? true;
}

function known(total: number | null | undefined): number | null {
  return total !== undefined && total !== null && Number.isFinite(total) ? total : null;
}

function lessOne(size: number | undefined): number | null {
  return size === undefined || size <= 0 ? null : size - 1;
}
