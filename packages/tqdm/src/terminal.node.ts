import process from "node:process";
import type { Env, Terminal } from "./terminal.ts";

/** What we need of Deno, which runs this file too. */
interface DenoPermissions {
  querySync(permission: { readonly name: "env"; readonly variable: string }): { readonly state: string };
}

/**
 * Node's terminal, under the locale rules of Python 3.7 and later: C and POSIX count as UTF-8. The environment is read when a bar
 * is made, and not by an import.
 */
export const terminal: Terminal = {
  stderr: process.stderr,
  stdout: process.stdout,
  get unicode() {
    return supportsUnicode(variable, process.platform);
  },
  env: variable,
};

/** Deno without `--allow-env` throws, or asks its user about each variable: where it does not let us read one, it is not set. */
function variable(name: string): string | undefined {
  const { permissions } = (globalThis as { Deno?: { permissions?: DenoPermissions } }).Deno ?? {};
  if (permissions !== undefined && permissions.querySync({ name: "env", variable: name }).state !== "granted") {
    return undefined;
  }
  return process.env[name];
}

/** Whether block characters can be shown: any locale but one that names another charset, or none, outside Windows. */
export function supportsUnicode(env: Env, platform: string): boolean {
  if (env("TERM") === "linux") return false; // the kernel's own console has few glyphs
  const locale = env("LC_ALL") || env("LC_CTYPE") || env("LANG") || "C";
  return platform === "win32" || /^(C|POSIX)$/.test(locale) || /utf-?8/i.test(locale);
}
