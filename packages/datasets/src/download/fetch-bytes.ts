import { platform } from "#platform";
import { inPlainWords, MirrorError } from "./mirror-error.ts";
import { isGzip, looksLikeMarkup, NOT_A_FILE } from "./signature.ts";
import type { TransferLimits } from "./transfer-limits.ts";
import { Watchdog } from "./watchdog.ts";

export interface Transfer extends TransferLimits {
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((loaded: number, total: number | undefined) => void) | undefined;
}

/**
 * The whole content of `url`, which may have at most `limit` bytes.
 *
 * @throws MirrorError for whatever the other side did wrong; the reason of `signal` when the caller aborted.
 */
export async function fetchBytes(url: string, limit: number, transfer: Transfer): Promise<Uint8Array> {
  const { timeout, signal, onBytes } = transfer;
  signal?.throwIfAborted();
  const watchdog = new Watchdog(transfer, signal);
  const fail = (error: unknown, slow: string | null, when = ""): never => {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof MirrorError) throw error;
    throw new MirrorError((slow ?? inPlainWords(error)) + when, { cause: error });
  };
  try {
    const { length, body } = await platform
      .open(url, watchdog.signal)
      .catch((error) => fail(error, watchdog.verdict && `no answer within ${timeout} ms`));
    watchdog.begin();

    const chunks: Uint8Array[] = [];
    let loaded = 0;
    for (;;) {
      const { done, value } = await body
        .next()
        .catch((error) =>
          fail(error, watchdog.verdict, ` after ${loaded}${length === undefined ? "" : ` of ${length}`} bytes`),
        );
      if (done) break;
      watchdog.feed(value.length);
      chunks.push(value);
      loaded += value.length;
      if (Math.max(loaded, length ?? 0) > limit) throw tooLong(join(chunks, loaded), length, limit);
      onBytes?.(loaded, length);
    }
    if (loaded !== (length ?? loaded)) throw new MirrorError(`the body ended after ${loaded} of ${length} bytes`);
    return join(chunks, loaded);
  } finally {
    watchdog.stop();
  }
}

/** More than the file has. That may be a page, as some servers send in place of a file that they lack. */
function tooLong(begun: Uint8Array, length: number | undefined, limit: number): MirrorError {
  const amount =
    (length ?? 0) > limit ? `${length} bytes announced, ${limit} at most expected` : `more than ${limit} bytes came`;
  return new MirrorError(looksLikeMarkup(begun) ? NOT_A_FILE : amount, { verdict: isGzip(begun) ? "failed" : "other" });
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
