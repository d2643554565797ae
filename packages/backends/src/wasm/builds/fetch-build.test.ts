import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { embeddedWasm } from "../../../embedded-wasm.config.ts";
import type { BuildName } from "./build-name.ts";
import { fetchBuild } from "./fetch-build.ts";
import { findBuild } from "./find-build.ts";
import { readBuild } from "./installed.node.ts";

const NAMES: readonly BuildName[] = [
  "tfjs-backend-wasm.wasm",
  "tfjs-backend-wasm-simd.wasm",
  "tfjs-backend-wasm-threaded-simd.wasm",
];

let server: Server;
let site: string;

beforeAll(async () => {
  const code = await readBuild("tfjs-backend-wasm-simd.wasm");
  server = createServer(({ url = "" }, response) => {
    if (url.startsWith("/wasm/")) response.end(code);
    else if (url.startsWith("/spa/")) response.end("<!doctype html><title>a page of one entry</title>");
    else if (url.startsWith("/odd/")) response.end("nothing of the kind");
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

const WAY_OUT = /Serve the files of @tensorflow\/tfjs-backend-wasm\/dist there, .* wasmPaths/;

test.each([
  ["/wrong/", /: HTTP 404 Not Found\. /],
  ["/spa/", /: the server sent an HTML page\. /],
  ["/odd/", /: the server sent 19 bytes that are not WebAssembly\. /],
])("a file that is not at %s is reported with its URL and the answer", async (folder, answer) => {
  const url = `${site}${folder}tfjs-backend-wasm-simd.wasm`;
  const looking = findBuild("tfjs-backend-wasm-simd.wasm", site + folder);
  await expect(looking).rejects.toThrow(`wasm: the .wasm file ${url} cannot be loaded`);
  await expect(looking).rejects.toThrow(answer);
  await expect(looking).rejects.toThrow(WAY_OUT);
});

test("a server that does not answer, and a path that is not there, are reported too", async () => {
  const gone = createServer().listen(0, "127.0.0.1");
  await new Promise((listening) => gone.once("listening", listening));
  const url = `http://127.0.0.1:${(gone.address() as AddressInfo).port}/x.wasm`;
  await new Promise((closed) => gone.close(closed));
  await expect(fetchBuild(url)).rejects.toThrow(
    `the .wasm file ${url} cannot be loaded: fetch failed (connect ECONNREFUSED`,
  );
  const path = join(tmpdir(), "kindling-none", "tfjs-backend-wasm.wasm");
  await expect(findBuild("tfjs-backend-wasm.wasm", join(tmpdir(), "kindling-none"))).rejects.toThrow(
    `the .wasm file ${path} cannot be loaded: ENOENT`,
  );
});

test("paths name a folder, with or without its slash, or single files; the package has the others", async () => {
  const own = Buffer.from(await readBuild("tfjs-backend-wasm-simd.wasm"));
  for (const folder of [`${site}/wasm`, `${site}/wasm/`]) {
    expect(own.equals(await findBuild("tfjs-backend-wasm-simd.wasm", folder))).toBe(true);
  }
  const paths = { "tfjs-backend-wasm.wasm": `${site}/wasm/renamed.wasm` };
  expect(own.equals(await findBuild("tfjs-backend-wasm.wasm", paths))).toBe(true);
  expect(own.equals(await findBuild("tfjs-backend-wasm-simd.wasm", paths))).toBe(true);
});

test("the published package carries every file, byte for byte", async () => {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "embedded.ts")],
    bundle: true,
    write: false,
    format: "esm",
    plugins: [embeddedWasm],
  });
  const text = outputFiles[0]?.text ?? "";
  const { readBuild: embedded } = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as {
    readBuild: typeof readBuild;
  };
  for (const name of NAMES) expect(Buffer.from(await embedded(name)).equals(await readBuild(name))).toBe(true);
});
