import { expect, test } from "vitest";
import * as api from "./index.ts";
import * as faultServer from "./testing/fault-server.node.ts";
import * as testing from "./testing/index.ts";
import names from "./torchvision-names.golden.json" with { type: "json" };

/** What the index holds that torchvision has not, or not under that name. */
const OWN = [
  "DatasetNotFoundError", // RuntimeError: Dataset not found
  "DownloadError", // RuntimeError: Error downloading
  "StoreError", // OSError
  "memoryStore",
  "readIdx", // torchvision.datasets.mnist.read_sn3_pascalvincent_tensor
  "resource",
];

test("the index holds what torchvision.datasets offers", () => {
  const own = Object.keys(api).filter((name) => !names.datasets.includes(name));
  expect(own.sort()).toEqual(OWN);
});

test("for tests", () => {
  expect(Object.keys(testing).sort()).toMatchInlineSnapshot(`
    [
      "tinyMNIST",
    ]
  `);
  expect(Object.keys(faultServer).sort()).toMatchInlineSnapshot(`
    [
      "faultServer",
      "refusingMirror",
    ]
  `);
});
