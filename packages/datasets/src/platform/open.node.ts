import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { get as getHttp, type IncomingMessage } from "node:http";
import { get as getHttps } from "node:https";
import { fileURLToPath } from "node:url";
import { httpError, MirrorError } from "../download/mirror-error.ts";
import type { Answer } from "./platform.ts";

const MOST_REDIRECTS = 20; // as fetch
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

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
    if (!REDIRECTS.has(status) || headers.location === undefined) throw httpError(status, statusMessage);
    at = redirected(headers.location, at);
  }
  throw new MirrorError(`more than ${MOST_REDIRECTS} redirects, the last one to ${at}`);
}

/** Where a mirror sends us on to: only another server, never a file of this machine. */
function redirected(location: string, from: string): string {
  const to = URL.canParse(location, from) ? new URL(location, from) : undefined;
  if (to?.protocol === "http:" || to?.protocol === "https:") return to.href;
  throw new MirrorError(`a redirect to ${location.slice(0, 200)}, which is no address of a server`);
}

function request(url: string, signal: AbortSignal): Promise<IncomingMessage> {
  const get = url.startsWith("https:") ? getHttps : getHttp;
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { "user-agent": "kindling" } }, resolve)
      .on("error", reject)
      // Without somebody who takes the socket, Node closes it and says nothing.
      .on("upgrade", ({ statusCode = 0, statusMessage = "" }, socket) => {
        socket.destroy();
        reject(httpError(statusCode, statusMessage));
      })
      .on("close", () => reject(new Error("the connection was closed without an answer")));
    // Given to `get`, the signal would throw past everybody when the body has arrived and is not read to its end.
    const abort = (): unknown => request.destroy();
    signal.addEventListener("abort", abort);
    request.on("close", () => signal.removeEventListener("abort", abort));
  });
}

async function openFile(path: string, signal: AbortSignal): Promise<Answer> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new MirrorError(`no such file: ${path}`, { verdict: "absent" });
  });
  if (!found.isFile()) throw new MirrorError(`not a regular file: ${path}`); // a pipe would be waited for
  return { length: found.size, body: readChunks(path, signal) };
}

/** Opens the file when the first chunk is asked for, so that nothing is left open if none ever is. */
async function* readChunks(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, { signal, highWaterMark: 1 << 20 });
}
