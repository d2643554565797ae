import { eastAsianWidth } from "get-east-asian-width";

// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence starts with one
const ANSI = /\x1b\[[;\d]*[A-Za-z]/g;
const ANSI_RESET = "\x1b[0m";
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is one column wide
const NARROW = /^[\x00-\x7f]*$/;

/** Columns that a string takes on a terminal: colours take none, wide characters (한글) two. */
export function displayWidth(text: string): number {
  const visible = text.includes("\x1b") ? text.replace(ANSI, "") : text;
  if (NARROW.test(visible)) return visible.length;
  let width = 0;
  for (const char of visible) width += eastAsianWidth(char.codePointAt(0) ?? 0);
  return width;
}

/** The longest beginning of `text` that fits in `columns`, its colours closed. */
export function trimToWidth(text: string, columns: number): string {
  const chars = [...text];
  if (chars.length === displayWidth(text)) return chars.slice(0, columns).join("");
  while (displayWidth(chars.join("")) > columns) chars.pop();
  const kept = chars.join("");
  return kept.search(ANSI) >= 0 && !kept.endsWith(ANSI_RESET) ? kept + ANSI_RESET : kept;
}
