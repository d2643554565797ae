import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { get as getHttp, type IncomingMessage } from "node:http";
import { get as getHttps } from "node:https";
import { fileURLToPath } from "node:url";
import { httpError, MirrorError } from "../download/mirror-error.ts";
import type { Answer } from "./platform.ts";

const MOST_REDIRECTS = 20; // as fetch

/**
 * Opens a `file:`, `http:` or `https:` URL.
 *
 * Not by Node's own `fetch`: a connection that it has begun goes on for ten seconds after the abort, and the process
 * cannot end before. Nothing is asked to be packed on the way, so the announced length is that of the body.
 */
export async function open(url: string, signal: AbortSignal): Promise<Answer> {
  if (new URL(url).protocol === "file:") return openFile(fileURLToPath(url), signal);
  let at = url;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const response = await request(at, signal);
    const { statusCode: status = 0, statusMessage = "", headers } = response;
    if (status === 200) {
      const length = headers["content-length"];
      return { length: length === undefined ? undefined : Number(length), body: response[Symbol.asyncIterator]() };
    }
    response.destroy();
    if (status < 300 || status >= 400 || headers.location === undefined) throw httpError(status, statusMessage);
    at = new URL(headers.location, at).href;
  }
  throw new MirrorError(`more than ${MOST_REDIRECTS} redirects, the last one to ${at}`);
}

function request(url: string, signal: AbortSignal): Promise<IncomingMessage> {
  const get = url.startsWith("https:") ? getHttps : getHttp;
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { "user-agent": "kindling" } }, resolve).on("error", reject);
    // Given to `get`, the signal would throw past everybody when the body has arrived and is not read to its end.
    const abort = (): unknown => request.destroy();
    signal.addEventListener("abort", abort);
    request.on("close", () => signal.removeEventListener("abort", abort));
  });
}

async function openFile(path: string, signal: AbortSignal): Promise<Answer> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new MirrorError(`no such file: ${path}`, { missing: true });
  });
  if (!found.isFile()) throw new MirrorError(`not a regular file: ${path}`); // a pipe would be waited for
  return { length: found.size, body: readChunks(path, signal) };
}

/** Opens the file when the first chunk is asked for, so that nothing is left open if none ever is. */
async function* readChunks(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, { signal, highWaterMark: 1 << 20 });
}
