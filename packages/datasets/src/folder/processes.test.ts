import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { watch } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { build } from "esbuild";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { DEFAULT_LIMITS } from "../download/transfer-limits.ts";
import type { Resource } from "../resource.ts";
import { type Behaviour, type FaultServer, faultServer, refusingMirror } from "../testing/fault-server.node.ts";
import { tinyMNIST } from "../testing/tiny-mnist.ts";
import type { EnsureOptions } from "./ensure-files.ts";

vi.setConfig({ testTimeout: 20_000 });

let scratch: string;
let program: string;
let server: FaultServer;
let files: ReadonlyMap<string, Uint8Array>;
let resources: readonly Resource[];
let folder: string;
let options: Omit<EnsureOptions, "store">;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "kindling-processes-"));
  program = join(scratch, "ensure-files.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "ensure-files-child.node.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["@kindling/source"],
    // All that the program needs of core: the whole would take longer to start than the moments that are tested.
    alias: {
      "@kindling/core": join(import.meta.dirname, "../../../core/src/base/errors.ts"),
      "@kindling/core/extend": join(import.meta.dirname, "../../../core/src/base/surplus-arguments.ts"),
    },
    logLevel: "error",
  });
  // Large enough that a kill finds files half written.
  const tiny = await tinyMNIST({ train: 1500, test: 500 });
  files = tiny.files;
  resources = tiny.TinyMNIST.resources;
  server = await faultServer(files);
});

afterAll(async () => {
  await server.close();
  await rm(scratch, { recursive: true });
});

beforeEach(async () => {
  folder = join(await mkdtemp(join(scratch, "root-")), "MNIST/raw");
  options = { op: "MNIST.load", folder, download: true, mirrors: [server.mirror("good")], ...DEFAULT_LIMITS };
});

/** The program in a process of its own, its options as argument; in a shell script it is "$@". */
function start(over: Partial<EnsureOptions> = {}, script?: string): ChildProcess & { stdout: NodeJS.ReadableStream } {
  const command = [process.execPath, program, JSON.stringify({ resources, ...options, ...over })];
  const [file, ...args] = script === undefined ? command : ["bash", "-c", script, "bash", ...command];
  return spawn(file as string, args, { stdio: ["ignore", "pipe", "inherit"] });
}

/** What it prints: how many files it has got, or the error. */
async function run(over?: Partial<EnsureOptions>, script?: string): Promise<string> {
  return (await text(start(over, script).stdout)).trim();
}

/** Whatever is in the folder under a final name is whole and right. Returns the names. */
async function checkFolder(): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((name) => !name.endsWith(".part"))) {
    const bytes = await readFile(join(folder, name));
    const content = name.endsWith(".gz") ? gunzipSync(bytes) : bytes;
    expect(content.equals(files.get(name.replace(/\.gz$/, "")) as Uint8Array), name).toBe(true);
  }
  return names.sort();
}

const complete = (): string[] => [...files.keys()].flatMap((name) => [name, `${name}.gz`]).sort();

describe("killed at any moment", () => {
  let killed = 0;

  // Each write makes a few events in the folder: an unfinished file appears, grows, and gets its final name.
  test.each([1, 2, 3, 5, 6, 12, 20])("at event %i", async (at) => {
    await mkdir(folder, { recursive: true });
    const child = start();
    let events = 0;
    const watcher = watch(folder, () => ++events === at && child.kill("SIGKILL"));
    const [, signal] = await once(child, "exit");
    watcher.close();
    if (signal === "SIGKILL") killed += 1;
    await checkFolder();

    expect(await run()).toBe("4 files");
    expect((await checkFolder()).filter((name) => !name.endsWith(".part"))).toEqual(complete());
  });

  test("did happen", () => {
    expect(killed).toBeGreaterThan(3);
  });
});

test("three at once all end with all files, and leave nothing else", async () => {
  expect(await Promise.all([run(), run(), run()])).toEqual(["4 files", "4 files", "4 files"]);
  expect(await checkFolder()).toEqual(complete());
});

describe("a disk that does not take the files: one clear error, nothing half written, and the next run is right", () => {
  test("files may not grow", async () => {
    expect(await run({}, 'ulimit -f 500; exec "$@"')).toMatch(
      /^MNIST\.load: could not write \S+train-images-idx3-ubyte \(1176016 bytes\): EFBIG: file too large, write\. Make room/,
    );
    expect(await checkFolder()).toEqual(["train-images-idx3-ubyte.gz"]);
    expect(await run()).toBe("4 files");
    expect(await checkFolder()).toEqual(complete());
  });

  test("a file where the folder should be", async () => {
    const inside = { folder: `${program}/MNIST/raw` };
    expect(await run(inside)).toMatch(/^MNIST\.load: could not write \S+\.gz \(\d+ bytes\): E(NOTDIR|EXIST): /);
    expect(await run({ ...inside, download: false })).toMatch(/^MNIST\.load: Dataset not found\. You can use/);
  });

  const mayMount = spawnSync("unshare", ["--map-root-user", "--mount", "true"]).status === 0;

  /** The script where `disk` is a small disk of its own, which is gone when the script has ended. */
  const onDisk = (disk: string, script: string): string =>
    `exec unshare --map-root-user --mount bash -c 'mount -t tmpfs -o size=900k none ${disk}; ${script}' bash "$@"`;

  test.skipIf(!mayMount)("full", async () => {
    const disk = join(folder, "../..");
    const script = `"$@"; ls -A ${folder}; mount -o remount,size=9m ${disk}; "$@"; ls -A ${folder} | wc -l`;
    const [error, ...then] = (await run({}, onDisk(disk, script))).split("\n");
    expect(error).toMatch(
      /^MNIST\.load: could not write \S+ubyte \(1176016 bytes\): ENOSPC: no space left on device, write/,
    );
    expect(then).toEqual(["train-images-idx3-ubyte.gz", "4 files", "8"]);
  });

  test.skipIf(!mayMount)("read-only: what is whole is read, what is not can't be mended", async () => {
    const disk = join(folder, "../..");
    const script = [
      `mount -o remount,size=9m ${disk}; "$@"`,
      `mount -o remount,ro ${disk}; "$@"`,
      `mount -o remount,rw ${disk}; rm ${folder}/t10k-labels*; mount -o remount,ro ${disk}; "$@"`,
    ].join("; ");
    const [written, whole, error] = (await run({}, onDisk(disk, script))).split("\n");
    expect([written, whole]).toEqual(["4 files", "4 files"]);
    expect(error).toMatch(
      /^MNIST\.load: could not write \S+t10k-labels-idx1-ubyte\.gz \(\d+ bytes\): EROFS: read-only/,
    );
  });
});

describe("the process ends by itself, as soon as the answer is known", () => {
  test.each<Behaviour>(["good", "101", "silence", "stall", "drip", "endless", "absurdLength"])(
    "%s",
    async (behaviour) => {
      expect(await run({ mirrors: [server.mirror(behaviour)], timeout: 200, speedTime: 500 })).not.toBe("");
    },
    8000,
  );

  test("nobody listens", async () => {
    expect(await run({ mirrors: [await refusingMirror()] })).toMatch("connection refused");
  }, 8000);

  test("a host that does not even say no", async () => {
    // A process that sleeps accepts nobody, and its short queue is full: the next one who knocks hears nothing.
    const listen =
      "server = net.createServer().listen({ port: 0, backlog: 1 }, () => console.log(server.address().port))";
    const deaf = spawn(process.execPath, ["-e", listen], { stdio: ["ignore", "pipe", "inherit"] });
    const [port] = await once(deaf.stdout, "data");
    deaf.kill("SIGSTOP");
    const queue = Array.from({ length: 4 }, () => connect(Number(port), "127.0.0.1").on("error", () => {}));
    try {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const mirror = `http://127.0.0.1:${Number(port)}/`;
      expect(await run({ mirrors: [mirror], timeout: 200 })).toMatch("no answer within 200 ms");
    } finally {
      for (const socket of queue) socket.destroy();
      deaf.kill("SIGKILL");
    }
  }, 8000);
});
