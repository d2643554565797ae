import type { Formattable } from "./format-spec.ts";

export const ASCII = " 123456789#";
export const BLOCKS = " ▏▎▍▌▋▊▉█";
export const BLANK = "  ";

const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/**
 * The bar itself, `█████     `: `⌊frac · width · steps⌋` eighths (tenths in ASCII), whole cells first.
 *
 * In a bar format, `{bar:20}` sets the width, `{bar:-20}` takes 20 off it, and a last letter
 * picks the characters: `a`scii, `u`nicode, `b`lank.
 */
export class Bar implements Formattable {
  readonly #frac: number;
  readonly #width: number;
  readonly #charset: string;
  readonly #colour: string;

  constructor(frac: number, width: number, charset: string = BLOCKS, colour?: string | null) {
    this.#frac = Math.min(1, Math.max(0, frac));
    this.#width = width;
    this.#charset = charset;
    this.#colour = colourCode(colour);
  }

  format(spec: string): string {
    const [, size, type] = /^([+-]?\d*)(.?)$/.exec(spec) ?? [];
    const charset = { a: ASCII, u: BLOCKS, b: BLANK }[(type ?? "").toLowerCase()] ?? this.#charset;
    const given = size ? Number(size) : this.#width;
    const cells = [...charset];
    const width = given < 0 ? this.#width + given : given;
    const steps = cells.length - 1;
    const filled = Math.trunc(this.#frac * width * steps);
    const whole = Math.floor(filled / steps);
    let text = (cells[steps] ?? "").repeat(Math.max(0, whole));
    if (whole < width) text += (cells[filled % steps] ?? "") + (cells[0] ?? "").repeat(width - whole - 1);
    return this.#colour ? `${this.#colour}${text}\x1b[0m` : text;
  }
}

function colourCode(colour: string | null | undefined): string {
  if (!colour) return "";
  const index = COLOURS.indexOf(colour.toLowerCase());
  if (index >= 0) return `\x1b[${30 + index}m`;
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour);
  if (hex !== null)
    return `\x1b[38;2;${hex
      .slice(1)
      .map((part) => Number.parseInt(part, 16))
      .join(";")}m`;
  throw new TypeError(
    `Unknown colour (${colour}); valid choices: [hex (#00ff00), ${COLOURS.join(", ").toUpperCase()}]`,
  );
}
