import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Progress } from "../download/progress.ts";
import { DEFAULT_LIMITS } from "../download/transfer-limits.ts";
import type { Resource } from "../resource.ts";
import { memoryStore } from "../store/memory-store.ts";
import type { Store } from "../store/store.ts";
import { type FaultServer, faultServer } from "../testing/fault-server.node.ts";
import { tinyMNIST } from "../testing/tiny-mnist.ts";
import { type EnsureOptions, ensureFiles } from "./ensure-files.ts";

const FOLDER = "data/MNIST/raw";

let server: FaultServer;
let resources: readonly Resource[];
let contents: readonly Uint8Array[];
let kept: Map<string, Uint8Array>;
let options: EnsureOptions;

beforeAll(async () => {
  const tiny = await tinyMNIST();
  resources = tiny.TinyMNIST.resources;
  contents = [...tiny.files.values()];
  server = await faultServer(tiny.files);
});

beforeEach(() => {
  kept = new Map();
  server.requests.length = 0;
  const mirrors = [server.mirror("good")];
  options = { op: "MNIST.load", folder: FOLDER, store: memoryStore(kept), download: true, mirrors, ...DEFAULT_LIMITS };
});

afterAll(() => server.close());

const keep = (file: string, bytes: Uint8Array): unknown => kept.set(`${FOLDER}/${file}`, bytes);

describe("downloading", () => {
  test("keeps the .gz and the content of each file, and asks for each once", async () => {
    expect(await ensureFiles(resources, options)).toEqual(contents);
    expect([...kept.keys()]).toEqual(resources.flatMap(({ file }) => [`${FOLDER}/${file}.gz`, `${FOLDER}/${file}`]));
    expect(resources.map(({ file }) => kept.get(`${FOLDER}/${file}`))).toEqual(contents);
    expect(server.requests).toEqual(resources.map(({ file }) => `good/${file}.gz`));

    expect(await ensureFiles(resources, { ...options, download: false })).toEqual(contents);
    expect(await ensureFiles(resources, options)).toEqual(contents);
    expect(server.requests).toHaveLength(4);
  });

  test("a mirror may be given by itself", async () => {
    for (const mirrors of [server.mirror("good"), new URL(server.mirror("good"))]) {
      const to = { ...options, store: memoryStore(), mirrors };
      expect(await ensureFiles(resources, to)).toEqual(contents);
    }
  });

  test("a mirror that has failed comes last for the other files", async () => {
    const mirrors = [server.mirror("500"), server.mirror("good")];
    await ensureFiles(resources, { ...options, mirrors });
    expect(server.requests).toEqual([
      "500/train-images-idx3-ubyte.gz",
      ...resources.map(({ file }) => `good/${file}.gz`),
    ]);
  });

  test("when every mirror has failed, the error lists each with its reason, as torchvision's does", async () => {
    const mirrors = [server.mirror("404"), server.mirror("html")];
    const error = await ensureFiles(resources, { ...options, mirrors }).catch((error) => error);
    expect(error.message.replaceAll(/127\.0\.0\.1:\d+/g, "mirror")).toMatchInlineSnapshot(`
      "MNIST.load: Error downloading train-images-idx3-ubyte.gz:
      Tried http://mirror/404/, got:
      HTTP Error 404: Not Found
      Tried http://mirror/html/, got:
      an HTML page instead of the file
      Check the network, add a mirror with the option \`mirrors\` (a folder is file:///...), or put the file into data/MNIST/raw."
    `);
    expect(error.file).toBe("train-images-idx3-ubyte.gz");
    expect(error.attempts).toEqual([
      { mirror: mirrors[0], reason: "HTTP Error 404: Not Found" },
      { mirror: mirrors[1], reason: "an HTML page instead of the file" },
    ]);
    expect(kept.size).toBe(0);
  });

  test("a base URL needs no slash at its end, and may be a URL object", async () => {
    const mirrors = [new URL(server.mirror("good").slice(0, -1))];
    expect(await ensureFiles(resources, { ...options, mirrors })).toEqual(contents);
  });

  test("a plain mirror leaves no .gz", async () => {
    await ensureFiles(resources, { ...options, mirrors: [server.mirror("plainOnly")] });
    expect([...kept.keys()]).toEqual(resources.map(({ file }) => `${FOLDER}/${file}`));
  });

  test("two loads of one folder at once fetch every file once", async () => {
    const both = await Promise.all([ensureFiles(resources, options), ensureFiles(resources, options)]);
    expect(both).toEqual([contents, contents]);
    expect(server.requests).toHaveLength(4);
  });

  test("progress counts the bytes of each file up to its length", async () => {
    const seen: Progress[] = [];
    await ensureFiles(resources, { ...options, onProgress: (progress) => seen.push(progress) });
    const last = new Map(seen.map((progress) => [progress.file, progress]));
    const mirror = server.mirror("good");
    expect([...last.values()]).toEqual(
      resources.map(({ file }) => {
        const { length } = kept.get(`${FOLDER}/${file}.gz`) as Uint8Array;
        return { file: `${file}.gz`, mirror, loaded: length, total: length };
      }),
    );
  });

  test("what the progress callback throws is nobody's failure but its own", async () => {
    const onProgress = (): never => {
      throw new RangeError("the bar is broken");
    };
    await expect(ensureFiles(resources, { ...options, onProgress })).rejects.toThrow(RangeError);
    expect(server.requests).toHaveLength(1);
  });
});

describe("aborting", () => {
  test("ends a silent download at once with the caller's reason, and tries no other mirror", async () => {
    const controller = new AbortController();
    const mirrors = [server.mirror("stall"), server.mirror("good")];
    const onProgress = (): void => controller.abort(new Error("enough"));
    const load = ensureFiles(resources, {
      ...options,
      mirrors,
      timeout: 60_000,
      signal: controller.signal,
      onProgress,
    });
    await expect(load).rejects.toThrow("enough");
    expect(server.requests).toEqual(["stall/train-images-idx3-ubyte.gz"]);
  });

  test("the last mirror there is blames nobody", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("enough")), 50);
    const load = ensureFiles(resources, { ...options, mirrors: [server.mirror("silence")], signal: controller.signal });
    await expect(load).rejects.toThrow(/^enough$/);
  });

  test("before the start asks nobody", async () => {
    await expect(ensureFiles(resources, { ...options, signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
    expect(server.requests).toEqual([]);
  });
});

describe("file: mirrors", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "kindling-mirror-"));
    return () => rm(folder, { recursive: true });
  });

  test.each(["plain", "gz"])("%s", async (kind) => {
    for (const [i, { file }] of resources.entries()) {
      const content = contents[i] as Uint8Array;
      await (kind === "gz"
        ? writeFile(join(folder, `${file}.gz`), gzipSync(content))
        : writeFile(join(folder, file), content));
    }
    expect(await ensureFiles(resources, { ...options, mirrors: [pathToFileURL(folder)] })).toEqual(contents);
  });

  test("that fail: nothing there, a longer file, a folder in its place, a bad address", async () => {
    const reason = async (mirror: string | URL): Promise<string> => {
      const error = await ensureFiles(resources, { ...options, mirrors: [mirror] }).catch((error) => error);
      return error.attempts[0].reason.replaceAll(folder, "FOLDER");
    };
    expect(await reason(pathToFileURL(folder))).toBe("no such file: FOLDER/train-images-idx3-ubyte.gz");
    await writeFile(join(folder, "train-images-idx3-ubyte"), new Uint8Array(50_000));
    expect(await reason(pathToFileURL(folder))).toBe("50000 bytes announced, 15696 at most expected");
    await mkdir(join(folder, "train-images-idx3-ubyte.gz"));
    expect(await reason(pathToFileURL(folder))).toBe("not a regular file: FOLDER/train-images-idx3-ubyte.gz");
    expect(await reason("file://elsewhere/mnist/")).toMatch(/host/i);
  });
});

describe("files that are already there", () => {
  test("missing, and not to be downloaded", async () => {
    keep("train-labels-idx1-ubyte", contents[1] as Uint8Array);
    await expect(ensureFiles(resources, { ...options, download: false })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DatasetNotFoundError: MNIST.load: Dataset not found. You can use download=True to download it: data/MNIST/raw lacks train-images-idx3-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte. Pass { download: true }: only what is missing or damaged is fetched.]`,
    );
    expect(server.requests).toEqual([]);
  });

  const images = () => contents[0] as Uint8Array;
  const damages: [string, () => Uint8Array][] = [
    ["empty", () => new Uint8Array(0)],
    ["cut short", () => images().slice(0, 10_000)],
    ["too long", () => new Uint8Array([...images(), 0])],
    ["of the right size with wrong bytes", () => images().with(5_000, (images()[5_000] as number) ^ 1)],
  ];
  for (const [damage, make] of damages) {
    test(`${damage}: refused without download, fetched anew with it, and only that file`, async () => {
      for (const [i, { file }] of resources.entries()) keep(file, contents[i] as Uint8Array);
      keep("train-images-idx3-ubyte", make());
      const refused = ensureFiles(resources, { ...options, download: false });
      await expect(refused).rejects.toThrow(
        "MNIST.load: Dataset not found or corrupted. You can use download=True to download it: data/MNIST/raw/train-images-idx3-ubyte has ",
      );
      expect(await ensureFiles(resources, options)).toEqual(contents);
      expect(kept.get(`${FOLDER}/train-images-idx3-ubyte`)).toEqual(contents[0]);
      expect(server.requests).toEqual(["good/train-images-idx3-ubyte.gz"]);
    });
  }

  test("a good .gz beside a damaged file is unpacked, without any mirror", async () => {
    await ensureFiles(resources, options);
    keep("train-images-idx3-ubyte", new Uint8Array(7));
    expect(await ensureFiles(resources, { ...options, mirrors: [] })).toEqual(contents);
  });

  test("a damaged .gz is not believed", async () => {
    keep("train-images-idx3-ubyte.gz", new Uint8Array([0x1f, 0x8b, 8, 0, 1, 2, 3]));
    expect(await ensureFiles(resources, options)).toEqual(contents);
    expect(server.requests).toHaveLength(4);
  });
});

describe("a store that fails is not a mirror's failure: one clear error, and no mirror is blamed or tried again", () => {
  const failing = (store: Partial<Store>): Store => ({ ...memoryStore(), ...store });

  test("writing", async () => {
    const store = failing({ put: async () => Promise.reject(new Error("ENOSPC: no space left on device, write")) });
    await expect(ensureFiles(resources, { ...options, store })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[StoreError: MNIST.load: could not write data/MNIST/raw/train-images-idx3-ubyte.gz (2487 bytes): ENOSPC: no space left on device, write. Make room for it, or choose another root.]`,
    );
    expect(server.requests).toHaveLength(1);
  });

  test("reading", async () => {
    const store = failing({ get: async () => Promise.reject(new Error("EIO: i/o error, read")) });
    await expect(ensureFiles(resources, { ...options, store })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[StoreError: MNIST.load: could not read data/MNIST/raw/train-images-idx3-ubyte: EIO: i/o error, read. Choose another root.]`,
    );
    expect(server.requests).toHaveLength(0);
  });
});
