import { once } from "node:events";
import { type AddressInfo, createServer as createNetServer, type Server } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureFiles } from "../folder/ensure-files.ts";
import type { Resource } from "../resource.ts";
import { memoryStore } from "../store/memory-store.ts";
import { type Behaviour, type FaultServer, faultServer, refusingMirror } from "../testing/fault-server.node.ts";
import { tinyMNIST } from "../testing/tiny-mnist.ts";

const TIMEOUT = 400;
const LIMITS = { timeout: TIMEOUT, speedLimit: 1000, speedTime: 600 };

let server: FaultServer;
let resource: Resource;
let content: Uint8Array;

beforeAll(async () => {
  const { files, TinyMNIST } = await tinyMNIST();
  [resource] = TinyMNIST.resources;
  content = files.get(resource.file) as Uint8Array;
  server = await faultServer(files);
});

afterAll(() => server.close());

async function fetchVia(...mirrors: string[]): Promise<Uint8Array | undefined> {
  const options = { op: "MNIST.load", folder: "MNIST/raw", store: memoryStore(), download: true, ...LIMITS };
  return (await ensureFiles([resource], { ...options, mirrors }))[0];
}

/** Why the only mirror has failed. */
async function reasonOf(mirror: string): Promise<string> {
  const error = await fetchVia(mirror).then(
    () => new Error("it served"),
    (error: Error) => error,
  );
  return error.message.split(`Tried ${mirror}, got:\n`)[1]?.split("\n")[0] ?? error.message;
}

describe("a mirror that serves", () => {
  test.each<Behaviour>([
    "good",
    "chunked",
    "redirect",
    "redirects",
    "earlyHints",
    "unpacking",
    "plainOnly",
    "pageForMissing",
  ])("%s", async (behaviour) => {
    expect(await fetchVia(server.mirror(behaviour))).toEqual(content);
  });
});

describe("a mirror that fails: its reason is told, and the next one serves within the timeout", () => {
  test.each<[Behaviour, string | RegExp]>([
    ["101", "HTTP Error 101: Switching Protocols"],
    ["101Bare", /^HTTP Error 101: Switching Protocols$|^no answer within 400 ms$/],
    ["204", "HTTP Error 204: No Content"],
    ["206", "HTTP Error 206: Partial Content"],
    ["300", "HTTP Error 300: Multiple Choices"],
    ["304", "HTTP Error 304: Not Modified"],
    ["403", "HTTP Error 403: Forbidden"],
    ["404", "HTTP Error 404: Not Found"],
    ["500", "HTTP Error 500: Internal Server Error"],
    ["redirectLoop", /^more than 20 redirects, the last one to /],
    ["redirectNowhere", "HTTP Error 302: Found"],
    ["redirectToFile", "a redirect to file:///etc/hostname, which is no address of a server"],
    ["redirectToNonsense", "a redirect to http://[nonsense/, which is no address of a server"],
    ["closedBeforeHeaders", "connection reset or closed (ECONNRESET)"],
    ["resetBeforeHeaders", "connection reset or closed (ECONNRESET)"],
    ["silence", "no answer within 400 ms"],
    ["notHttp", /HTTP/],
    ["slowHeaders", "no answer within 400 ms"],
    ["hugeHeader", /overflow/i],
    ["oddLength", /Content-Length/],
    ["twoLengths", /Content-Length/],
    ["lengthAndChunks", /Content-Length/],
    ["drip", /^less than 1000 bytes per second for 600 ms \(speedLimit, speedTime\) after \d+ of \d+ bytes$/],
    ["stall", /^silence for 400 ms after \d+ of \d+ bytes$/],
    ["resetMidBody", /^connection reset or closed \(ECONNRESET\) after \d+ of \d+ bytes$/],
    ["shortBody", /^connection reset or closed \(ECONNRESET\) after \d+ of \d+ bytes$/],
    ["longBody", "broken gzip: unexpected end of file"],
    ["brokenChunk", /chunk|ECONNRESET/i],
    ["cutGzip", "broken gzip: unexpected end of file"],
    ["brokenGzip", /^broken gzip: /],
    ["notGzip", "File not found or corrupted: 100 bytes instead of 15696"],
    ["brotli", /^File not found or corrupted: \d+ bytes instead of 15696$/],
    ["twiceGzip", /^File not found or corrupted: \d+ bytes instead of 15696$/],
    ["wrongChecksum", /^File not found or corrupted: sha256 [0-9a-f]{64} instead of [0-9a-f]{64}$/],
    ["shortContent", "File not found or corrupted: 15695 bytes instead of 15696"],
    ["empty", "File not found or corrupted: 0 bytes instead of 15696"],
    ["html", "an HTML page instead of the file"],
    ["bigPage", "an HTML page instead of the file"],
    ["bomb", "a gzip that unpacks to more than 15696 bytes"],
    ["endless", "more than 19808 bytes came"],
    ["absurdLength", "1000000000000 bytes announced, 19808 at most expected"],
  ])("%s", async (behaviour, reason) => {
    expect(await reasonOf(server.mirror(behaviour))).toMatch(reason);

    const start = performance.now();
    expect(await fetchVia(server.mirror(behaviour), server.mirror("good"))).toEqual(content);
    expect(performance.now() - start).toBeLessThan(TIMEOUT + 2000);
  });

  test("nobody listens", async () => {
    const mirror = await refusingMirror();
    expect(await reasonOf(mirror)).toBe("connection refused (ECONNREFUSED)");
    expect(await fetchVia(mirror, server.mirror("good"))).toEqual(content);
  });

  test("TLS that cannot be", async () => {
    const silent = createNetServer().listen(0, "127.0.0.1");
    const bare = createTlsServer({}).listen(0, "127.0.0.1"); // it has no certificate
    await Promise.all([once(silent, "listening"), once(bare, "listening")]);
    try {
      for (const [port, reason] of [
        [new URL(server.mirror("good")).port, /^the TLS handshake failed \(E\w+\)$/],
        [portOf(bare), /^the TLS handshake failed \(E\w+\)$/],
        [portOf(silent), /^no answer within 400 ms$/],
      ] as const) {
        const mirror = `https://127.0.0.1:${port}/good/`;
        expect(await reasonOf(mirror)).toMatch(reason);
        expect(await fetchVia(mirror, server.mirror("good"))).toEqual(content);
      }
    } finally {
      bare.close();
      silent.close();
    }
  });

  test("a host that does not exist", async () => {
    const mirror = "http://mirror.invalid/";
    expect(await reasonOf(mirror)).toMatch(/^host not found|^no answer within/);
    expect(await fetchVia(mirror, server.mirror("good"))).toEqual(content);
  });

  test("not an address at all", async () => {
    expect(await reasonOf("mnist/")).toMatch("Invalid URL");
  });
});

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
