import { type Attempt, DownloadError } from "../errors.ts";
import { gzipLimit, type Resource } from "../resource.ts";
import { fetchBytes } from "./fetch-bytes.ts";
import { MirrorError } from "./mirror-error.ts";
import type { Mirrors } from "./mirrors.ts";
import type { Progress } from "./progress.ts";
import { isGzip } from "./signature.ts";
import type { TransferLimits } from "./transfer-limits.ts";
import { unpack } from "./unpack.ts";

export interface DownloadOptions extends TransferLimits {
  /** Who asks (`MNIST.load`), and the folder that the file is for: errors name both. */
  readonly op: string;
  readonly folder: string;
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
      return await fetchFrom(mirror, resource, options);
    } catch (error) {
      if (!(error instanceof MirrorError)) throw error;
      attempts.push({ mirror, reason: error.message });
      mirrors.demote(mirror);
    }
  }
  throw new DownloadError(options.op, `${resource.file}.gz`, attempts, options.folder);
}

/**
 * `.gz` first, as every known mirror has it; the plain file where there is none. Not every server says so by a 404: that of
 * Vite sends the app's page for whatever it lacks.
 */
async function fetchFrom(mirror: string, resource: Resource, options: DownloadOptions): Promise<Downloaded> {
  const get = async (file: string, limit: number): Promise<Downloaded> => {
    const onBytes = (loaded: number, total: number | undefined): void =>
      options.onProgress?.({ file, mirror, loaded, total });
    const sent = await fetchBytes(`${mirror.replace(/\/?$/, "/")}${encodeURIComponent(file)}`, limit, {
      ...options,
      onBytes,
    });
    const content = await unpack(sent, resource);
    return isGzip(sent) ? { content, gzip: sent } : { content };
  };
  try {
    return await get(`${resource.file}.gz`, gzipLimit(resource));
  } catch (error) {
    if (!(error instanceof MirrorError) || error.verdict === "failed") throw error;
    return get(resource.file, resource.bytes).catch((plain) => {
      throw plain instanceof MirrorError ? neither(error, plain) : plain;
    });
  }
}

/** What to report when both the `.gz` and the plain file have failed: whatever says more than that there is none. */
function neither(gzip: MirrorError, plain: MirrorError): MirrorError {
  if (gzip.verdict === "absent") return plain.verdict === "absent" ? gzip : plain;
  return plain.verdict === "failed" ? new MirrorError(`${gzip.message}; without .gz: ${plain.message}`) : gzip;
}
