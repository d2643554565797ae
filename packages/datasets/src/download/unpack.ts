import type { Resource } from "../resource.ts";
import { findFlaw } from "../verify.ts";
import { inPlainWords, MirrorError } from "./mirror-error.ts";
import { isGzip, looksLikeMarkup, NOT_A_FILE } from "./signature.ts";

/**
 * The verified content of `resource` out of what a mirror sent: gzip, or the content as it is (some servers unpack on
 * the way).
 *
 * @throws MirrorError when it is anything else.
 */
export async function unpack(sent: Uint8Array, resource: Resource): Promise<Uint8Array> {
  const content = isGzip(sent) ? await gunzip(sent, resource.bytes) : sent;
  const flaw = await findFlaw(content, resource);
  if (flaw === undefined) return content;
  const reason = looksLikeMarkup(content) ? NOT_A_FILE : `File not found or corrupted: ${flaw}`;
  // Neither of the two: there is no file of this name, whatever the status.
  const isOther = !isGzip(sent) && sent.length !== resource.bytes;
  throw new MirrorError(reason, { verdict: isOther ? "other" : "failed" });
}

/** Unpacks into at most `limit` bytes, however much the gzip would give. */
async function gunzip(bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  const out = new Uint8Array(limit);
  const reader = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream("gzip"))
    .getReader();
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return out.subarray(0, length);
      if (length + value.length > limit) throw new MirrorError(`a gzip that unpacks to more than ${limit} bytes`);
      out.set(value, length);
      length += value.length;
    }
  } catch (error) {
    reader.cancel().catch(() => {}); // already failed: nothing more to learn from it
    throw error instanceof MirrorError
      ? error
      : new MirrorError(`broken gzip: ${inPlainWords(error)}`, { cause: error });
  }
}
