import type { FileBytes } from "@kindling/core";
/** The bytes at a URL, which may be relative to the page. */
export async function readUrl(url: string): Promise<FileBytes> {
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`HTTP ${response.status} ${response.statusText}`.trim());
  return new Uint8Array(await response.arrayBuffer());
}

/** As the browser takes it. */
export function absolute(url: string): string {
  const { href } = (globalThis as unknown as { readonly location: { readonly href: string } }).location;
  // A worker that was made of a blob has no folder.
  return URL.canParse(url, href) ? new URL(url, href).href : url;
}
