import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { type Browser, chromium, type Page } from "playwright";
import { findBrowser } from "../browser/find.ts";
import { browserFlags } from "../browser/flags.ts";

/** What a page of `programs/pages` reports of one device. */
export interface OnDevice {
  readonly losses?: readonly number[];
  readonly network?: string;
  /** What the device runs on; why there is none, where there is none. */
  readonly detail: string;
}

export interface PageOutcome {
  readonly isolated: boolean;
  readonly devices: Readonly<Record<string, OnDevice>>;
}

/** What a page must be served with to have threads: https://web.dev/articles/coop-coep */
export const ISOLATION = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".json": "application/json",
};

/** Seconds after which a page that does nothing more counts as one that hangs. */
const PATIENCE = 120;

/** Opens pages in the one Chromium that all cells share. */
export class Pages {
  #browser: Promise<Browser> | undefined;

  /** Serves `folder`, opens it with `query`, and waits for what the page reports. */
  outcomeIn(folder: string, query: string, isolated: boolean): Promise<PageOutcome> {
    return served(folder, isolated ? ISOLATION : {}, (url) => this.outcomeOf(`${url}${query}`));
  }

  /** Serves `folder`, cross-origin isolated, opens it, and waits for `until`. */
  visitIn<T>(folder: string, until: (page: Page) => Promise<T>): Promise<T> {
    return served(folder, ISOLATION, (url) => this.visit(url, until));
  }

  /** Opens one of our programs, and waits for what it reports. */
  outcomeOf(url: string): Promise<PageOutcome> {
    return this.visit(url, async (page) => {
      const outcome = await page.waitForFunction(() => (globalThis as { outcome?: unknown }).outcome);
      return (await outcome.jsonValue()) as PageOutcome;
    });
  }

  /**
   * Opens a page and waits for `until`.
   *
   * @throws Error when the page hangs, leaves an error unhandled, or prints an error or a warning on the console.
   */
  async visit<T>(url: string, until: (page: Page) => Promise<T>): Promise<T> {
    this.#browser ??= launch();
    const context = await (await this.#browser).newContext();
    context.setDefaultTimeout(PATIENCE * 1000);
    try {
      const page = await context.newPage();
      const faults: string[] = [];
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type()) && !isExpected(message.text())) {
          faults.push(`${message.type()} on the console: ${message.text()} (${message.location().url})`);
        }
      });
      page.on("requestfailed", (request) => faults.push(`${request.url()}: ${request.failure()?.errorText}`));
      // After an unhandled error, nothing more is to be expected of the page.
      const broken = new Promise<never>((_, reject) => {
        page.on("pageerror", (error) => reject(new Error(`unhandled: ${error.stack || error.message}`)));
      });
      const visited = page.goto(url).then(() => until(page));
      const result = await Promise.race([visited, broken]).catch((error: Error) => {
        faults.push(error.name === "TimeoutError" ? `it hangs: nothing in ${PATIENCE} seconds` : error.message);
      });
      if (faults.length > 0) throw new Error(faults.join("\n"));
      return result as T;
    } finally {
      await context.close();
    }
  }

  async close(): Promise<void> {
    await (await this.#browser)?.close();
  }
}

/** Chromium's own words about a GPU in software. */
const isExpected = (text: string): boolean =>
  /WebGPU on Linux|software|SwiftShader|GPU stall|powerPreference/i.test(text);

async function launch(): Promise<Browser> {
  const executablePath = findBrowser();
  return chromium.launch({ args: browserFlags, ...(executablePath === undefined ? {} : { executablePath }) });
}

/** Serves `folder` while `use` runs. */
async function served<T>(
  folder: string,
  headers: Readonly<Record<string, string>>,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const server = createServer((request, response) => answer(request.url ?? "/", folder, headers, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function answer(
  url: string,
  folder: string,
  headers: Readonly<Record<string, string>>,
  response: ServerResponse,
): void {
  const path = decodeURIComponent(new URL(url, "http://127.0.0.1").pathname);
  const file = join(folder, normalize(path.endsWith("/") ? `${path}index.html` : path));
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (file.startsWith(folder) && existsSync(file) && statSync(file).isFile()) {
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  } else {
    response.writeHead(404).end();
  }
}
