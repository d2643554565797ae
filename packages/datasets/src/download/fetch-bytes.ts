import { platform } from "#platform";
import { inPlainWords, MirrorError } from "./mirror-error.ts";
import { Watchdog } from "./watchdog.ts";

export interface Transfer {
  /** Milliseconds of silence, to connect and between bytes, after which the mirror has failed. */
  readonly timeout: number;
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
  const watchdog = new Watchdog(timeout, signal);
  const fail = (error: unknown, silence: string, when = ""): never => {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof MirrorError) throw error;
    throw new MirrorError(watchdog.barked ? silence : inPlainWords(error) + when, { cause: error });
  };
  try {
    const { length, body } = await platform
      .open(url, watchdog.signal)
      .catch((error) => fail(error, `no answer within ${timeout} ms`));
    if ((length ?? 0) > limit) throw new MirrorError(`${length} bytes announced, ${limit} at most expected`);

    const chunks: Uint8Array[] = [];
    let loaded = 0;
    for (;;) {
      watchdog.reset();
      const { done, value } = await body.next().catch((error) => {
        const when = ` after ${loaded}${length === undefined ? "" : ` of ${length}`} bytes`;
        return fail(error, `silence for ${timeout} ms${when}`, when);
      });
      if (done) break;
      chunks.push(value);
      loaded += value.length;
      if (loaded > limit) throw new MirrorError(`more than ${limit} bytes came`);
      onBytes?.(loaded, length);
    }
    if (loaded !== (length ?? loaded)) throw new MirrorError(`the body ended after ${loaded} of ${length} bytes`);
    return join(chunks, loaded);
  } finally {
    watchdog.stop();
  }
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
