import { type DownloadOptions, download } from "../download/download.ts";
import { MirrorError } from "../download/mirror-error.ts";
import { Mirrors } from "../download/mirrors.ts";
import { unpack } from "../download/unpack.ts";
import { DatasetNotFoundError, StoreError } from "../errors.ts";
import { gzipLimit, type Resource } from "../resource.ts";
import type { Store } from "../store/store.ts";
import { findFlaw } from "../verify.ts";
import { inTurn } from "./in-turn.ts";

export interface EnsureOptions extends DownloadOptions {
  readonly store: Store;
  /** Whether what is missing or damaged may be fetched. */
  readonly download: boolean;
  readonly mirrors: string | URL | Iterable<string | URL>;
}

/**
 * The verified contents of `resources`, in order, as the files of `options.folder`.
 *
 * All are read and checked each time: whatever happened to the folder, what comes back is right to the bit. What is not
 * there or not right is made from the `.gz` beside it, if that is good, or else downloaded, `.gz` and content both kept.
 *
 * @throws DatasetNotFoundError, DownloadError, StoreError
 */
export function ensureFiles(resources: readonly Resource[], options: EnsureOptions): Promise<Uint8Array[]> {
  return inTurn(options.folder, async () => {
    options.signal?.throwIfAborted();
    await options.store.tidy?.(options.folder);
    const kept = await Promise.all(resources.map((resource) => findKept(resource, options)));
    if (!options.download && kept.some((file) => file.content === undefined)) throw notFound(kept, options);

    const mirrors = new Mirrors(options.mirrors);
    const contents: Uint8Array[] = [];
    for (const { resource, content } of kept) contents.push(content ?? (await restore(resource, mirrors, options)));
    return contents;
  });
}

/** A file as it was found: its content when that is right, else what is wrong with it. */
interface Kept {
  readonly resource: Resource;
  readonly content?: Uint8Array;
  readonly flaw?: string;
}

async function findKept(resource: Resource, options: EnsureOptions): Promise<Kept> {
  const bytes = await read(resource.file, resource.bytes + 1, options);
  if (bytes === undefined) return { resource };
  const flaw = await findFlaw(bytes, resource);
  return flaw === undefined ? { resource, content: bytes } : { resource, flaw };
}

async function restore(resource: Resource, mirrors: Mirrors, options: EnsureOptions): Promise<Uint8Array> {
  const unpacked = await unpackKept(resource, options);
  if (unpacked !== undefined) {
    await write(resource.file, unpacked, options);
    return unpacked;
  }
  const { content, gzip } = await download(resource, mirrors, options);
  if (gzip !== undefined) await write(`${resource.file}.gz`, gzip, options);
  await write(resource.file, content, options);
  return content;
}

/** The content out of the `.gz` that is already there, if it is a good one. */
async function unpackKept(resource: Resource, options: EnsureOptions): Promise<Uint8Array | undefined> {
  const gzip = await read(`${resource.file}.gz`, gzipLimit(resource), options);
  if (gzip === undefined) return undefined;
  return unpack(gzip, resource).catch((error) => {
    if (error instanceof MirrorError) return undefined;
    throw error;
  });
}

async function read(file: string, limit: number, options: EnsureOptions): Promise<Uint8Array | undefined> {
  const { op, folder, store } = options;
  return store.get(`${folder}/${file}`, limit).catch((error) => {
    throw new StoreError(op, `could not read ${folder}/${file}`, String(error.message), "Choose another root.");
  });
}

async function write(file: string, bytes: Uint8Array, { op, folder, store, signal }: EnsureOptions): Promise<void> {
  signal?.throwIfAborted();
  await store.put(`${folder}/${file}`, bytes).catch((error) => {
    const rule = `could not write ${folder}/${file} (${bytes.length} bytes)`;
    throw new StoreError(op, rule, String(error.message), "Make room for it, or choose another root.");
  });
}

function notFound(kept: readonly Kept[], { op, folder }: EnsureOptions): DatasetNotFoundError {
  const damaged = kept.filter((file) => file.flaw !== undefined);
  const missing = kept.filter((file) => file.content === undefined && file.flaw === undefined);
  const rule = `Dataset not found${damaged.length > 0 ? " or corrupted" : ""}. You can use download=True to download it`;
  const got = [
    ...(missing.length > 0 ? [`${folder} lacks ${missing.map(({ resource }) => resource.file).join(", ")}`] : []),
    ...damaged.map(({ resource, flaw }) => `${folder}/${resource.file} has ${flaw}`),
  ].join("; ");
  return new DatasetNotFoundError(
    op,
    rule,
    got,
    "Pass { download: true }: only what is missing or damaged is fetched.",
  );
}
