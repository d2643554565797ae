import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import { promisify } from "node:util";
import type { Packed } from "./packed.ts";

const execute = promisify(execFile);

/** A registry on this machine that publishes what was packed; see {@link serveRegistry}. */
export interface Registry {
  readonly url: string;
  /** The contents of a consumer's `.npmrc`: `@kindling/*` comes from here, every other package from where it always does. */
  readonly npmrc: string;
  /**
   * The environment of a command that looks up an unscoped package that was packed too (`npm create kindling`). It makes this
   * the registry for all names; names that were not packed are redirected to the default registry.
   */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Serves `packed` to npm, pnpm, Deno and Bun, so that consumers install by name and range, as from npmjs.com. Read-only, on
 * 127.0.0.1 and a free port.
 *
 * @see https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md
 */
export async function serveRegistry(packed: Iterable<Pick<Packed, "manifest" | "tarball">>): Promise<Registry> {
  const [publications, elsewhere] = await Promise.all([
    Promise.all([...packed].map(publish)),
    execute("npm", ["config", "get", "registry"]).then(({ stdout }) => stdout.trim().replace(/\/*$/, "/")),
  ]);
  // Package managers cache by URL, and a port may be given out again: other contents have another URL.
  const prefix = `/${digest("sha256", publications.map(({ integrity }) => integrity).join(), "hex").slice(0, 16)}/`;

  const server = createServer(({ url = "/", method, headers }, response) => {
    const path = decodeURIComponent(new URL(url, "http://127.0.0.1").pathname);
    const name = path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
    if (name === undefined || (method !== "GET" && method !== "HEAD")) {
      response.writeHead(404).end();
      return;
    }
    const tarball = publications.find(({ file }) => name === `-/${file}`);
    const packument = publications.find(({ manifest }) => name === manifest.name);
    if (tarball) {
      response.writeHead(200, { "content-type": "application/octet-stream" }).end(tarball.bytes);
    } else if (packument) {
      const base = `http://${headers.host}${prefix}`;
      response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" });
      response.end(JSON.stringify(packumentOf(packument, base)));
    } else if (name.startsWith("@kindling/")) {
      response.writeHead(404, { "content-type": "application/json" }).end(`{"error":"${name} was not packed"}`);
    } else {
      response.writeHead(302, { location: new URL(url.slice(prefix.length), elsewhere).href }).end();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}${prefix}`;
  return {
    url,
    npmrc: `@kindling:registry=${url}\n`,
    env: { npm_config_registry: url },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Publication = Awaited<ReturnType<typeof publish>>;

async function publish({ manifest, tarball }: Pick<Packed, "manifest" | "tarball">) {
  const bytes = await readFile(tarball);
  const integrity = `sha512-${digest("sha512", bytes, "base64")}`;
  return { manifest, bytes, integrity, shasum: digest("sha1", bytes, "hex"), file: basename(tarball) };
}

function packumentOf({ manifest, integrity, shasum, file }: Publication, base: string): unknown {
  const { name, version } = manifest;
  const dist = { tarball: `${base}-/${file}`, integrity, shasum };
  return { name, "dist-tags": { latest: version }, versions: { [version]: { ...manifest, dist } } };
}

const digest = (algorithm: string, data: string | Uint8Array, encoding: "hex" | "base64"): string =>
  createHash(algorithm).update(data).digest(encoding);
