import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { FileBytes } from "@kindling/core";
import { readUrl as fetchUrl } from "./read-url.browser.ts";

const WITH_SCHEME = /^(?:https?|data|blob|file):/;

/** The bytes at a URL, or in a file: `https:`, `file:` or a path. */
export async function readUrl(url: string): Promise<FileBytes> {
  if (WITH_SCHEME.test(url) && !url.startsWith("file:")) return fetchUrl(url);
  return new Uint8Array(await readFile(url.startsWith("file:") ? new URL(url) : url));
}

/** A path as the file system takes it. */
export function absolute(url: string): string {
  return WITH_SCHEME.test(url) ? url : resolve(url);
}
