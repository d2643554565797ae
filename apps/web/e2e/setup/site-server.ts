import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { ISOLATION } from "../../site/config.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".gz": "application/gzip",
  ".webmanifest": "application/manifest+json",
};

export interface SiteServerOptions {
  /** Whether the page may have threads. Default: yes. */
  readonly isolated?: boolean;
  /** How the data sets are served: whole, half and then nothing more, or not at all. Default: "good". */
  readonly data?: "good" | "stall" | "absent";
}

export interface SiteServer {
  readonly url: string;
  /** The paths that were asked for. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** A static host below a folder, as people have them; whose data may misbehave. */
export async function serveSite(folder: string, options: SiteServerOptions = {}): Promise<SiteServer> {
  const { isolated = true, data = "good" } = options;
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://site").pathname);
    const inside = path.replace(/^\/deep\/site\//, "").replace(/^$/, "index.html");
    const file = join(folder, normalize(inside));
    requests.push(inside);
    const isData = inside.startsWith("data/");
    if (!path.startsWith("/deep/site/") || !existsSync(file) || (isData && data === "absent")) {
      response.writeHead(404).end("no");
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const length = statSync(file).size;
    response.writeHead(200, { "Content-Type": type, "Content-Length": length, ...(isolated && ISOLATION) });
    if (isData && data === "stall") half(response, file, length);
    else createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/deep/site/`,
    requests,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

function half(response: ServerResponse, file: string, length: number): void {
  createReadStream(file, { end: length >> 1 }).pipe(response, { end: false });
}
