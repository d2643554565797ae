import { type Attempt, DownloadError } from "../errors.ts";
import { gzipLimit, type Resource } from "../resource.ts";
import { fetchBytes } from "./fetch-bytes.ts";
import { MirrorError } from "./mirror-error.ts";
import type { Mirrors } from "./mirrors.ts";
import type { Progress } from "./progress.ts";
import { isGzip, unpack } from "./unpack.ts";

export interface DownloadOptions {
  /** Who asks (`MNIST.load`), and the folder that the file is for: errors name both. */
  readonly op: string;
  readonly folder: string;
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface Downloaded {
  /** The verified content. */
  readonly content: Uint8Array;
  /** The gzip that it came in, if it did. */
  readonly gzip?: Uint8Array;
}

/**
 * `resource` from the first of `mirrors` that gives it whole and right.
 *
 * @throws DownloadError, naming each mirror with its reason, when none does.
 */
export async function download(resource: Resource, mirrors: Mirrors, options: DownloadOptions): Promise<Downloaded> {
  const attempts: Attempt[] = [];
  for (const mirror of mirrors) {
    try {
      const sent = await fetchFrom(mirror, resource, options);
      const content = await unpack(sent, resource);
      return isGzip(sent) ? { content, gzip: sent } : { content };
    } catch (error) {
      if (!(error instanceof MirrorError)) throw error;
      attempts.push({ mirror, reason: error.message });
      mirrors.demote(mirror);
    }
  }
  throw new DownloadError(options.op, `${resource.file}.gz`, attempts, options.folder);
}

/** `.gz` first, as every known mirror has it; the plain file where there is none. */
async function fetchFrom(mirror: string, resource: Resource, options: DownloadOptions): Promise<Uint8Array> {
  const get = (file: string, limit: number): Promise<Uint8Array> => {
    const onBytes = (loaded: number, total: number | undefined): void =>
      options.onProgress?.({ file, mirror, loaded, total });
    return fetchBytes(`${mirror.replace(/\/?$/, "/")}${file}`, limit, { ...options, onBytes });
  };
  try {
    return await get(`${resource.file}.gz`, gzipLimit(resource));
  } catch (error) {
    if (!(error instanceof MirrorError && error.missing)) throw error;
    return get(resource.file, resource.bytes).catch((plain) => {
      throw plain instanceof MirrorError && plain.missing ? error : plain;
    });
  }
}
