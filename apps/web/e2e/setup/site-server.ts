import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { HEADERS } from "../../site/headers.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".gz": "application/gzip",
  ".webmanifest": "application/manifest+json",
};

/** Where the browser sends what was tried against the policy. */
const REPORTS = "reports";

const REPORTING = {
  ...HEADERS,
  "Content-Security-Policy": `${HEADERS["Content-Security-Policy"]}; report-uri /deep/site/${REPORTS}`,
};

export interface SiteServerOptions {
  /** Whether the host sends the headers that it should, which let the page have threads and forbid it much else. Default: yes. */
  readonly isolated?: boolean;
  /** What somebody has got into the page, at the end of its head. Default: nothing. */
  readonly injected?: string;
  /** How the data sets are served: whole, half and then nothing more, or not at all. Default: "good". */
  readonly data?: "good" | "stall" | "absent";
}

export interface SiteServer {
  readonly url: string;
  /** The paths that were asked for. */
  readonly requests: readonly string[];
  /** What the page or one of its workers has tried against the policy that the host sends, as the browser reports it. */
  readonly violations: string[];
  close(): Promise<void>;
}

/** A static host below a folder, as people have them; whose data may misbehave. */
export async function serveSite(folder: string, options: SiteServerOptions = {}): Promise<SiteServer> {
  const { isolated = true, injected = "", data = "good" } = options;
  const requests: string[] = [];
  const violations: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://site").pathname);
    const inside = path.replace(/^\/deep\/site\//, "").replace(/^$/, "index.html");
    if (inside === REPORTS) {
      let report = "";
      request.setEncoding("utf8").on("data", (piece) => {
        report += piece;
      });
      request.on("end", () => {
        const { "csp-report": said } = JSON.parse(report);
        violations.push(`${said["violated-directive"]}: ${said["blocked-uri"]}, reported of ${said["document-uri"]}`);
      });
      response.writeHead(204).end();
      return;
    }
    const file = join(folder, normalize(inside));
    requests.push(inside);
    const isData = inside.startsWith("data/");
    if (!path.startsWith("/deep/site/") || !existsSync(file) || (isData && data === "absent")) {
      response.writeHead(404).end("no");
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const headers = { "Content-Type": type, ...(isolated && REPORTING) };
    if (injected !== "" && inside === "index.html") {
      response.writeHead(200, headers).end(readFileSync(file, "utf8").replace("</head>", `${injected}</head>`));
      return;
    }
    const length = statSync(file).size;
    response.writeHead(200, { ...headers, "Content-Length": length });
    if (isData && data === "stall") half(response, file, length);
    else createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/deep/site/`,
    requests,
    violations,
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
