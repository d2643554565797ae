import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { type Browser, chromium } from "playwright";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { embeddedWasm } from "../embedded-wasm.config.ts";
import type { StartOptions } from "../src/wasm/starting/start-backend.ts";
import type { Report } from "./page.ts";

/** How a bundler may treat names; each has broken threads whose script was the text of a function. */
const BUNDLES: Readonly<Record<string, BuildOptions>> = {
  "names as they are": {},
  "names shortened": { minify: true },
  "names shortened, and kept as `name`": { minify: true, keepNames: true },
};

const ISOLATED = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

const scripts = new Map<string, string>();
let server: Server;
let browser: Browser;

beforeAll(async () => {
  for (const [name, options] of Object.entries(BUNDLES)) scripts.set(name, await bundle(options));
  // /bundle?headers: what the page is served with.
  server = createServer(({ url = "" }, response) => {
    const { pathname, searchParams } = new URL(url, "http://page");
    const script = scripts.get(decodeURIComponent(pathname.slice(1)));
    const headers = { ...ISOLATED, "Content-Type": "text/html", ...Object.fromEntries(searchParams) };
    if (script === undefined) response.writeHead(404, ISOLATED).end();
    else response.writeHead(200, headers).end(`<!doctype html><script type="module">${script}</script>`);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  browser = await chromium.launch(inject("browser"));
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** As a package is built for pages, from source. */
async function bundle(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "page.ts")],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    conditions: ["@kindling/source"],
    alias: { "#wasm-builds": join(import.meta.dirname, "../src/wasm/builds/embedded.ts") },
    plugins: [embeddedWasm],
    logLevel: "silent",
    ...options,
  });
  return (outputFiles?.[0]?.text ?? "").replaceAll("</script", "<\\/script");
}

/** Starts the device in a page of its own, on a machine of four cores. */
async function start(name: string, options: StartOptions = {}, headers: Record<string, string> = {}): Promise<Report> {
  const page = await browser.newPage();
  try {
    const failures: string[] = [];
    page.on("pageerror", (error) => failures.push(String(error)));
    await page.addInitScript("Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => 4 })");
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/${encodeURIComponent(name)}?${new URLSearchParams(headers)}`);
    await page.waitForFunction("'start' in globalThis");
    const report = (await page.evaluate(`start(${JSON.stringify(options)})`)) as Report;
    expect(failures).toEqual([]);
    return report;
  } finally {
    await page.close();
  }
}

test.each(Object.keys(BUNDLES))(
  "threads start in a bundle with %s, and give the numbers that one gives",
  async (name) => {
    const [many, one] = [await start(name), await start(name, { threads: 1 })];
    expect([many.threads, many.warnings]).toEqual([2, []]);
    expect([one.threads, one.warnings]).toEqual([1, []]);
    expect(many.bits).toEqual(one.bits);
  },
);

describe("threads that do not start", () => {
  interface Case {
    readonly after: string;
    readonly reason: string;
    readonly options?: StartOptions;
    readonly headers?: Record<string, string>;
  }
  const cases: readonly Case[] = [
    {
      after: "a script that throws",
      options: { script: "throw new Error('no luck')" },
      reason: "Uncaught Error: no luck",
    },
    { after: "a script that does not parse", options: { script: "this is (" }, reason: "Uncaught SyntaxError" },
    {
      after: "a script that never answers",
      options: { script: "", timeout: 1 },
      reason: "its threads did not answer in 1 s",
    },
    {
      after: "a worker that ends before it answers",
      options: { script: "close()", timeout: 1 },
      reason: "its threads did not answer in 1 s",
    },
    {
      after: "a policy without workers of blobs",
      headers: { "Content-Security-Policy": "script-src 'unsafe-inline' 'wasm-unsafe-eval'; worker-src 'self'" },
      reason: "the browser did not start a worker; a Content-Security-Policy must allow worker-src blob:",
    },
    {
      after: "a file that is not there",
      options: { wasmPaths: { "tfjs-backend-wasm-threaded-simd.wasm": "/none.wasm" } },
      reason: "/none.wasm cannot be loaded: HTTP 404 Not Found",
    },
  ];

  test.each(cases)("leave one, after $after, and a warning gives the reason", async ({ options, reason, headers }) => {
    const { threads, warnings, bits } = await start("names shortened", options, headers);
    expect(threads).toBe(1);
    expect(bits.length).toBeGreaterThan(0);
    expect(warnings).toEqual([expect.stringContaining(reason)]);
    expect(warnings[0]).toMatch(/^The wasm device goes on with one thread: /);
  });
});
