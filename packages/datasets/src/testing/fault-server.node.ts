import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

/** A file as a fault may send it, and what the fault may know about it. */
interface Sent {
  readonly response: ServerResponse;
  /** The path after the fault's name: `train-images-idx3-ubyte.gz`. */
  readonly file: string;
  readonly body: Uint8Array;
  /** The content of `body`, not packed. */
  readonly content: Uint8Array;
}

/** The name of a way to behave. */
export type Behaviour =
  | "good"
  | "chunked"
  | "redirect"
  | "unpacking"
  | "plainOnly"
  | "403"
  | "404"
  | "500"
  | "redirectLoop"
  | "closedBeforeHeaders"
  | "resetBeforeHeaders"
  | "silence"
  | "notHttp"
  | "stall"
  | "resetMidBody"
  | "shortBody"
  | "cutGzip"
  | "brokenGzip"
  | "wrongChecksum"
  | "shortContent"
  | "empty"
  | "html"
  | "bomb"
  | "endless"
  | "absurdLength";

/** Ways to serve a file: the right ones first, then whatever mirrors have been seen to do, and worse. */
const BEHAVIOURS: Readonly<Record<Behaviour, (sent: Sent) => void>> = {
  good: ({ response, body }: Sent) => end(response, body),
  chunked: ({ response, body }: Sent) => void response.end(body),
  redirect: ({ response, file }: Sent) => redirect(response, `/good/${file}`),
  unpacking: ({ response, body }: Sent) => end(response.setHeader("content-encoding", "gzip"), body),
  plainOnly: ({ response, file, content }: Sent) =>
    file.endsWith(".gz") ? status(response, 404) : end(response, content),

  "403": ({ response }: Sent) => status(response, 403),
  "404": ({ response }: Sent) => status(response, 404),
  "500": ({ response }: Sent) => status(response, 500),
  redirectLoop: ({ response, file }: Sent) => redirect(response, `/redirectLoop/${file}`),
  closedBeforeHeaders: ({ response }: Sent) => void response.socket?.end(),
  resetBeforeHeaders: ({ response }: Sent) => void response.socket?.resetAndDestroy(),
  silence: () => {},
  notHttp: ({ response }: Sent) => void response.socket?.end("220 mail.example ESMTP\r\n"),
  stall: (sent: Sent) => half(sent),
  resetMidBody: (sent: Sent) => half(sent, (response) => response.socket?.resetAndDestroy()),
  shortBody: (sent: Sent) => half(sent, (response) => response.socket?.end()),
  cutGzip: ({ response, body }: Sent) => end(response, body.subarray(0, body.length >> 1)),
  brokenGzip: ({ response, body }: Sent) => end(response, damaged(body)),
  wrongChecksum: ({ response, content }: Sent) => end(response, gzipSync(damaged(content))),
  shortContent: ({ response, content }: Sent) => end(response, gzipSync(content.subarray(1))),
  empty: ({ response }: Sent) => end(response, new Uint8Array(0)),
  html: ({ response }: Sent) =>
    end(response, new TextEncoder().encode("<!DOCTYPE html><title>Log in to the network</title>")),
  bomb: ({ response }: Sent) => end(response, gzipSync(new Uint8Array(1 << 24))),
  endless: ({ response }: Sent) => endless(response),
  absurdLength: ({ response }: Sent) => void response.setHeader("content-length", 1e12).write("x"),
};

export interface FaultServer {
  /** The base URL of a mirror that behaves so. */
  mirror(behaviour: Behaviour): string;
  /** What was asked for so far: `good/train-images-idx3-ubyte.gz`. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** A server on this machine that has `files`, plain and as `.gz`, and serves them in every good and every bad way. */
export async function faultServer(files: ReadonlyMap<string, Uint8Array>): Promise<FaultServer> {
  const packed = new Map(Array.from(files, ([name, content]) => [`${name}.gz`, gzipSync(content)]));
  const requests: string[] = [];

  const server = createServer((request, response) => {
    const [, behaviour, file] = (request.url ?? "").split("/");
    requests.push(`${behaviour}/${file}`);
    const content = files.get(String(file).replace(/\.gz$/, ""));
    const body = packed.get(String(file)) ?? content;
    if (body === undefined || content === undefined) return status(response, 404);
    BEHAVIOURS[behaviour as Behaviour]({ response, file: String(file), body, content });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    mirror: (behaviour) => `http://127.0.0.1:${port}/${behaviour}/`,
    requests,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

/** The base URL of a port on which nobody listens. */
export async function refusingMirror(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/`;
}

function end(response: ServerResponse, body: Uint8Array): void {
  response.setHeader("content-length", body.length).end(body);
}

function status(response: ServerResponse, code: number): void {
  response.writeHead(code).end("no");
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end();
}

/** Half of what was promised, and then whatever `then` does. */
function half({ response, body }: Sent, then?: (response: ServerResponse) => void): void {
  response.setHeader("content-length", body.length);
  response.write(body.subarray(0, body.length >> 1), () => setTimeout(() => then?.(response), 10));
}

/** The same with one byte in the middle turned over. */
function damaged(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy[copy.length >> 1] = (copy[copy.length >> 1] ?? 0) ^ 255;
  return copy;
}

function endless(response: ServerResponse): void {
  const block = new Uint8Array(1 << 16);
  const more = (): void => {
    while (!response.destroyed && response.write(block));
  };
  response.on("drain", more);
  more();
}
