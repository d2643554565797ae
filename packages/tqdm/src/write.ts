import { terminal } from "#terminal";
import { openBars } from "./open-bars.ts";
import type { Output } from "./terminal.ts";
import { TqdmBar } from "./tqdm-bar.ts";

export interface WriteOptions {
  /** Default: stdout; the console in a page. */
  file?: Output;
  /** Default: a new line. */
  end?: string;
}

/**
 * Prints a line without breaking the bars that are open: they are wiped, and drawn again below it.
 *
 * Same as `tqdm.write(s, file, end)`.
 */
export function write(text: string, { file = terminal.stdout, end = "\n" }: WriteOptions = {}): void {
  const bars = openBars().filter((bar): bar is TqdmBar => bar instanceof TqdmBar && bar.shares(file));
  for (const bar of bars) bar.clear();
  file.write(text + end);
  for (const bar of bars) bar.refresh();
}
