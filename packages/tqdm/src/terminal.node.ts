import process from "node:process";
import type { Terminal } from "./terminal.ts";

/** Node's terminal, under the locale rules of Python 3.7 and later: C and POSIX count as UTF-8. */
export const terminal: Terminal = {
  stderr: process.stderr,
  stdout: process.stdout,
  unicode: supportsUnicode(process.env, process.platform),
  env: process.env,
};

/** Whether block characters can be shown: any locale but one that names another charset, or none, outside Windows. */
export function supportsUnicode(env: Readonly<Record<string, string | undefined>>, platform: string): boolean {
  if (env.TERM === "linux") return false; // the kernel's own console has few glyphs
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "C";
  return platform === "win32" || /^(C|POSIX)$/.test(locale) || /utf-?8/i.test(locale);
}
