import { scope, type Tensor } from "@kindling/core";
import { datasetLaws } from "@kindling/data/testing";
import { beforeAll, beforeEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import { FashionMNIST } from "./fashion-mnist.ts";
import { MNIST } from "./mnist.ts";
import { memoryStore } from "./store/memory-store.ts";
import type { Store } from "./store/store.ts";
import { type TinyMNIST, tinyMNIST } from "./testing/tiny-mnist.ts";

let tiny: TinyMNIST;
let store: Store;

beforeAll(async () => {
  tiny = await tinyMNIST();
});

beforeEach(() => {
  store = storeOf(tiny, "data/TinyMNIST/raw");
});

function storeOf({ files }: TinyMNIST, folder: string): Store {
  return memoryStore(new Map(Array.from(files, ([name, content]) => [`${folder}/${name}`, content])));
}

const half = {
  apply: (x: Tensor): Tensor => x.to("float32").div(255).sub(0.5),
  batch: (x: Tensor): Tensor => x.to("float32").div(255).sub(0.5),
  toString: () => "Compose(\n    ToTensor()\n    Half()\n)",
};

datasetLaws("MNIST", () => tiny.TinyMNIST.load({ root: "data", store }));
datasetLaws("MNIST with a transform", () => tiny.TinyMNIST.load({ root: "data", store, transform: half }));
datasetLaws("MNIST with a function", () =>
  tiny.TinyMNIST.load({ root: "data", store, transform: (x) => x.to("float32").view(-1) }),
);
datasetLaws("MNIST with a target transform", () =>
  tiny.TinyMNIST.load({ root: "data", store, transform: half, targetTransform: (label) => label / 2 }),
);

test("both halves, as they are", async () => {
  const train = await tiny.TinyMNIST.load({ root: "data", store });
  expect([train.length, train.train, train.root]).toEqual([20, true, "data"]);
  expect([train.data.dtype, train.data.shape]).toEqual(["uint8", [20, 28, 28]]);
  expect([train.targets.dtype, train.targets.shape]).toEqual(["int64", [20]]);
  const content = tiny.files.get("train-images-idx3-ubyte") as Uint8Array;
  expect(train.data.toTypedArraySync()).toEqual(content.subarray(16));

  const [image, label] = train.get(3);
  expect([image.dtype, image.shape, label]).toEqual(["uint8", [28, 28], 3]);
  expect(image.toTypedArraySync()).toEqual(content.subarray(16 + 3 * 784, 16 + 4 * 784));
  const [images, labels] = train.getBatch([1, 0]);
  expect([images.dtype, images.shape, labels.dtype]).toEqual(["uint8", [2, 28, 28], "int64"]);
  expect(labels.toListSync()).toEqual([1, 0]);

  const test = await tiny.TinyMNIST.load({ root: "data/", train: false, store });
  expect([test.length, test.train]).toEqual([10, false]);
});

test("a batch goes through the transform's batch at once, and through a plain function image by image", async () => {
  const seen: string[] = [];
  const saying = (what: string) => (x: Tensor) => {
    seen.push(`${what} [${x.shape}]`);
    return x;
  };
  const transform = { apply: saying("apply"), batch: saying("batch") };
  const train = await tiny.TinyMNIST.load({ root: "data", store, transform });
  train.getBatch([1, 2]);
  train.transform = transform.apply;
  train.getBatch([1, 2]);
  expect(seen).toEqual(["batch [2,28,28]", "apply [28,28]", "apply [28,28]"]);
});

test("targetTransform", async () => {
  const train = await tiny.TinyMNIST.load({ root: "data", store, targetTransform: (label) => 9 - label });
  expect(train.get(2)[1]).toBe(7);
  expect(train.getBatch([0, 12])[1].toListSync()).toEqual([9, 7]);
});

test("fewer images: assign data and targets", async () => {
  const train = await tiny.TinyMNIST.load({ root: "data", store });
  scope(() => {
    const threes = train.targets.eq(3);
    train.data = train.data.index(threes);
    train.targets = train.targets.index(threes);
  });
  expect([train.length, train.get(1)[1]]).toEqual([2, 3]);
  expect(train.getBatch([0, 1])[1].toListSync()).toEqual([3, 3]);
});

test("names of classes", async () => {
  expect(MNIST.classes[7]).toBe("7 - seven");
  const train = await tiny.TinyMNIST.load({ root: "data", store });
  expect(train.classes).toBe(MNIST.classes);
  expect(train.classToIdx["7 - seven"]).toBe(7);
});

describe("printed as torchvision prints it", () => {
  test("bare", async () => {
    const test = await tiny.TinyMNIST.load({
      root: "./data",
      train: false,
      store: storeOf(tiny, "./data/TinyMNIST/raw"),
    });
    expect(String(test)).toMatchInlineSnapshot(`
      "Dataset TinyMNIST
          Number of datapoints: 10
          Root location: ./data
          Split: Test"
    `);
  });

  test("with transforms", async () => {
    const named = (label: number): number => label;
    const train = await tiny.TinyMNIST.load({ root: "data", store, transform: half, targetTransform: named });
    expect(String(train)).toMatchInlineSnapshot(`
      "Dataset TinyMNIST
          Number of datapoints: 20
          Root location: data
          Split: Train
          StandardTransform
      Transform: Compose(
                     ToTensor()
                     Half()
                 )
      Target transform: [Function: named]"
    `);
    train.transform = (image) => image;
    expect(String(train)).toContain("Transform: [Function: (anonymous)]");
  });
});

describe("a subclass is another data set", () => {
  test("its folder bears its name, as in torchvision", async () => {
    class Mine extends tiny.TinyMNIST {}
    const mine = await Mine.load({ root: "data", store: storeOf(tiny, "data/Mine/raw") });
    expect(mine).toBeInstanceOf(Mine);
    expect(String(mine)).toContain("Dataset Mine");
    await expect(Mine.load({ root: "data", store })).rejects.toThrow("data/Mine/raw lacks train-images-idx3-ubyte");
  });

  test("FashionMNIST is one by its data alone", () => {
    expect(Object.getOwnPropertyNames(FashionMNIST.prototype)).toEqual(["constructor"]);
    expect([FashionMNIST.name, FashionMNIST.classes.length, FashionMNIST.classes[9]]).toEqual([
      "FashionMNIST",
      10,
      "Ankle boot",
    ]);
    expectTypeOf(FashionMNIST.load({ root: "none" }).catch(() => null)).resolves.toEqualTypeOf<FashionMNIST | null>();
  });

  test("every mirror is a base URL and every file has a checksum of its own", () => {
    for (const { mirrors, resources } of [MNIST, FashionMNIST]) {
      for (const mirror of mirrors) expect(new URL(mirror).pathname).toMatch(/\/$/);
      expect(new Set(resources.map(({ sha256 }) => sha256)).size).toBe(4);
      for (const { sha256 } of resources) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(resources.map(({ bytes }) => bytes)).toEqual([47040016, 60008, 7840016, 10008]);
    }
  });
});

describe("mistakes", () => {
  test("not there", async () => {
    await expect(MNIST.load({ root: "nowhere", store })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DatasetNotFoundError: MNIST.load: Dataset not found. You can use download=True to download it: nowhere/MNIST/raw lacks train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte. Pass { download: true }: only what is missing or damaged is fetched.]`,
    );
  });

  test("an index that is none", async () => {
    const train = await tiny.TinyMNIST.load({ root: "data", store });
    expect(() => train.get(20)).toThrowErrorMatchingInlineSnapshot(
      `[IndexOutOfRangeError: TinyMNIST.get: index 20 is out of bounds for dimension 0 with size 20. Indices go from 0 to 19, or from -1 back to -20.]`,
    );
    expect(() => train.getBatch([0, -21])).toThrow("index -21 is out of bounds for dimension 0 with size 20");
  });

  test("options that do not exist, or cannot be what they are", async () => {
    const load = (options: object) => tiny.TinyMNIST.load({ root: "data", store, ...options });
    await expect(load({ target_transform: Number })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ValueError: TinyMNIST.load: TinyMNIST.__init__() got an unexpected keyword argument 'target_transform'. Did you mean targetTransform? Its options are: root, train, download, transform, targetTransform, mirrors, timeout, speedLimit, speedTime, store, onProgress, signal.]`,
    );
    await expect(load({ root: 3 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ValueError: TinyMNIST.load: root must be the path of a folder: got 3. Give one: { root: "./data" }.]`,
    );
    await expect(load({ root: undefined })).rejects.toThrow("root must be the path of a folder: got undefined");
    await expect(load({ transform: 3 })).rejects.toThrow("transform must be a transform or a function: got 3");
    for (const [mirrors, got] of [
      [[], "got none"],
      ["", "got ''"],
      [7, "got 7"],
      [null, "got null"],
      [{ url: "x" }, "got an object"],
      [["http://127.0.0.1/", 7], "got 7"],
    ] as const) {
      const rule = `TinyMNIST.load: mirrors must be a base URL, or a list of them: ${got}.`;
      await expect(load({ mirrors })).rejects.toThrow(rule);
    }
    await expect(load({ targetTransform: "x" })).rejects.toThrow("targetTransform must be a function: got 'x'");
  });

  test("a timeout that is none", async () => {
    const load = tiny.TinyMNIST.load({ root: "data", store, timeout: 0 });
    await expect(load).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ValueError: TinyMNIST.load: timeout must be a positive number of milliseconds: 0]`,
    );
  });

  test.each([
    [{ speedLimit: -1 }, "speedLimit must be a number of bytes per second, 0 or more: -1. Give 0 for no limit."],
    [{ speedLimit: Number.POSITIVE_INFINITY }, "speedLimit must be a number of bytes per second, 0 or more: Infinity."],
    [{ speedTime: 0 }, "speedTime must be a positive number of milliseconds: 0"],
    [{ speedTime: Number.NaN }, "speedTime must be a positive number of milliseconds: NaN"],
  ])("a speed that is none: %o", async (options, message) => {
    await expect(tiny.TinyMNIST.load({ root: "data", store, ...options })).rejects.toThrow(message);
  });

  test.each(["../../escaped", "a/b", "..", "C:", "a\\b", "nul"])("names that would leave the root: %s", async (odd) => {
    const kept = memoryStore();
    const put = vi.spyOn(kept, "put");
    const get = vi.spyOn(kept, "get");
    class Named extends tiny.TinyMNIST {
      static override readonly name: string = odd;
    }
    const [first, ...rest] = tiny.TinyMNIST.resources;
    class Holding extends tiny.TinyMNIST {
      static override readonly resources = [{ ...first, file: odd }, ...rest] as const;
    }
    for (const Odd of [Named, Holding]) {
      const load = Odd.load({ root: "data", store: kept, download: true, mirrors: ["http://127.0.0.1:9/"] });
      await expect(load).rejects.toThrow(/must be the plain name of a file or folder: /);
    }
    expect([...put.mock.calls, ...get.mock.calls]).toEqual([]);
  });

  test("files that hold something else than images and labels", async () => {
    const { TinyMNIST } = tiny;
    const [images, labels, ...rest] = TinyMNIST.resources;
    class Swapped extends TinyMNIST {
      static override readonly name = "TinyMNIST";
      static override readonly resources = [labels, images, ...rest] as const;
    }
    await expect(Swapped.load({ root: "data", store })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ValueError: readImages: images must be bytes [N, H, W]: the file holds uint8 [20]]`,
    );
  });

  test("images without labels", async () => {
    const { data, targets, train, root } = await tiny.TinyMNIST.load({ root: "data", store });
    const make = () => new MNIST({ data, targets: targets.narrow(0, 0, 5), train, root });
    expect(make).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: MNIST: Size mismatch between tensors: 20 images and 5 labels. Give one label an image.]`,
    );
  });

  test("a transform that changes the image in place does not reach the data set", async () => {
    const train = await tiny.TinyMNIST.load({ root: "data", store, transform: (image) => image.fill_(1) });
    expect(train.get(0)[0].toListSync()).toEqual(Array(28).fill(Array(28).fill(1)));
    expect(train.data.toTypedArraySync()).toEqual(
      (tiny.files.get("train-images-idx3-ubyte") as Uint8Array).subarray(16),
    );
  });
});

test("torchvision's constructor is load here", () => {
  expect(() => new MNIST({ root: "./data", train: true, download: true } as never)).toThrow(
    'MNIST: data and targets must be tensors. It is read from files, which takes time: await MNIST.load({ root: "./data", train: true, download: true }).',
  );
  expect(() => new FashionMNIST("./data" as never)).toThrow("await FashionMNIST.load(");
});
