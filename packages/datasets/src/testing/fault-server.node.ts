import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";

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
  | "redirects"
  | "earlyHints"
  | "unpacking"
  | "plainOnly"
  | "pageForMissing"
  | "101"
  | "101Bare"
  | "204"
  | "206"
  | "300"
  | "304"
  | "403"
  | "404"
  | "500"
  | "redirectLoop"
  | "redirectNowhere"
  | "redirectToFile"
  | "redirectToNonsense"
  | "closedBeforeHeaders"
  | "resetBeforeHeaders"
  | "silence"
  | "notHttp"
  | "slowHeaders"
  | "hugeHeader"
  | "oddLength"
  | "twoLengths"
  | "lengthAndChunks"
  | "stall"
  | "drip"
  | "resetMidBody"
  | "shortBody"
  | "longBody"
  | "brokenChunk"
  | "cutGzip"
  | "brokenGzip"
  | "notGzip"
  | "brotli"
  | "twiceGzip"
  | "wrongChecksum"
  | "shortContent"
  | "empty"
  | "html"
  | "bigPage"
  | "bomb"
  | "endless"
  | "absurdLength";

/** Ways to serve a file: the right ones first, then whatever mirrors have been seen to do, and worse. */
const BEHAVIOURS: Readonly<Record<Behaviour, (sent: Sent) => void>> = {
  good: ({ response, body }: Sent) => end(response, body),
  chunked: ({ response, body }: Sent) => void response.end(body),
  redirect: ({ response, file }: Sent) => redirect(response, `/good/${file}`),
  redirects: ({ response, file }: Sent) => {
    const [name, left = "20"] = file.split("?");
    redirect(response, left === "1" ? `/good/${name}` : `/redirects/${name}?${Number(left) - 1}`);
  },
  earlyHints: ({ response, body }: Sent) => {
    response.writeContinue();
    response.writeProcessing();
    response.writeEarlyHints({ link: "</style.css>; rel=preload" });
    end(response, body);
  },
  unpacking: ({ response, body }: Sent) => end(response.setHeader("content-encoding", "gzip"), body),
  plainOnly: ({ response, file, content }: Sent) =>
    file.endsWith(".gz") ? status(response, 404) : end(response, content),
  pageForMissing: ({ response, file, content }: Sent) => end(response, file.endsWith(".gz") ? page(100_000) : content),

  "101": ({ response }: Sent) =>
    raw(response, "HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n"),
  "101Bare": ({ response }: Sent) => void response.socket?.write("HTTP/1.1 101 Switching Protocols\r\n\r\n"),
  "204": ({ response }: Sent) => void response.writeHead(204).end(),
  "206": ({ response, body }: Sent) => void response.writeHead(206).end(body.subarray(0, 100)),
  "300": ({ response, file }: Sent) => void response.writeHead(300, { location: `/good/${file}` }).end(),
  "304": ({ response }: Sent) => void response.writeHead(304).end(),
  "403": ({ response }: Sent) => status(response, 403),
  "404": ({ response }: Sent) => status(response, 404),
  "500": ({ response }: Sent) => status(response, 500),
  redirectLoop: ({ response, file }: Sent) => redirect(response, `/redirectLoop/${file}`),
  redirectNowhere: ({ response }: Sent) => void response.writeHead(302).end(),
  redirectToFile: ({ response }: Sent) => redirect(response, "file:///etc/hostname"),
  redirectToNonsense: ({ response }: Sent) => redirect(response, "http://[nonsense/"),
  closedBeforeHeaders: ({ response }: Sent) => void response.socket?.end(),
  resetBeforeHeaders: ({ response }: Sent) => void response.socket?.resetAndDestroy(),
  silence: () => {},
  notHttp: ({ response }: Sent) => void response.socket?.end("220 mail.example ESMTP\r\n"),
  slowHeaders: ({ response }: Sent) => drip(response, "HTTP/1.1 200 OK\r\nx-long: ".padEnd(10_000, "x")),
  hugeHeader: ({ response }: Sent) => raw(response, `HTTP/1.1 200 OK\r\nx-long: ${"x".repeat(200_000)}\r\n\r\n`),
  oddLength: ({ response, body }: Sent) => raw(response, "HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n", body),
  twoLengths: ({ response, body }: Sent) =>
    raw(response, `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\ncontent-length: 7\r\n\r\n`, body),
  lengthAndChunks: ({ response }: Sent) =>
    raw(response, "HTTP/1.1 200 OK\r\ncontent-length: 9\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"),
  stall: (sent: Sent) => half(sent),
  drip: ({ response, body }: Sent) => {
    response.setHeader("content-length", body.length).flushHeaders();
    drip(response, body);
  },
  resetMidBody: (sent: Sent) => half(sent, (response) => response.socket?.resetAndDestroy()),
  shortBody: (sent: Sent) => half(sent, (response) => response.socket?.end()),
  longBody: ({ response, body }: Sent) =>
    raw(response, `HTTP/1.1 200 OK\r\ncontent-length: ${body.length - 9}\r\n\r\n`, body),
  brokenChunk: ({ response }: Sent) =>
    raw(response, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nmore\r\n"),
  cutGzip: ({ response, body }: Sent) => end(response, body.subarray(0, body.length >> 1)),
  brokenGzip: ({ response, body }: Sent) => end(response, damaged(body)),
  notGzip: ({ response }: Sent) => end(response.setHeader("content-encoding", "gzip"), new Uint8Array(100)),
  brotli: ({ response, body }: Sent) => end(response.setHeader("content-encoding", "br"), brotliCompressSync(body)),
  twiceGzip: ({ response, body }: Sent) => end(response, gzipSync(body)),
  wrongChecksum: ({ response, content }: Sent) => end(response, gzipSync(damaged(content))),
  shortContent: ({ response, content }: Sent) => end(response, gzipSync(content.subarray(1))),
  empty: ({ response }: Sent) => end(response, new Uint8Array(0)),
  html: ({ response }: Sent) => end(response, page(0)),
  bigPage: ({ response }: Sent) => end(response, page(100_000)),
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
    const [name = ""] = String(file).split("?");
    const content = files.get(name.replace(/\.gz$/, ""));
    const body = packed.get(name) ?? content;
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

function page(padding: number): Uint8Array {
  return new TextEncoder().encode(`<!DOCTYPE html><title>Log in to the network</title>${" ".repeat(padding)}`);
}

/** Whatever is no answer that Node would send. */
function raw(response: ServerResponse, head: string, body: Uint8Array = new Uint8Array(0)): void {
  response.socket?.write(head);
  response.socket?.end(body);
}

/** A byte now and then: never silent for long, and never done. */
function drip(response: ServerResponse, bytes: Uint8Array | string): void {
  const { socket } = response;
  let sent = 0;
  const timer = setInterval(() => socket?.write(bytes.slice(sent, ++sent)), 50);
  socket?.on("close", () => clearInterval(timer)).on("error", () => {});
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
