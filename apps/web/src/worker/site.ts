import type { DatasetName } from "@kindling/recipes/config";
import { publicMirrorsOf } from "./public-mirrors.ts";

/** Addresses of what the site serves beside its scripts, relative to where it lies: set by `site/` when it is built. */
declare const __SITE__: { readonly base: string };

function at(path: string): string {
  return new URL(__SITE__.base + path, globalThis.location.href).href;
}

/** Where a data set is fetched from: the site itself, then public mirrors that let pages of other origins in. */
export function mirrorsOf(dataset: DatasetName): string[] {
  return [at(`data/${dataset}/`), ...publicMirrorsOf(dataset)];
}
