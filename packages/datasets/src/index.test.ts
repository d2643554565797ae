import { expect, test } from "vitest";
import * as datasets from "./index.ts";
import * as faultServer from "./testing/fault-server.node.ts";
import * as testing from "./testing/index.ts";

test("the public API", () => {
  expect(Object.keys(datasets).sort()).toMatchInlineSnapshot(`
    [
      "DatasetNotFoundError",
      "DownloadError",
      "FashionMNIST",
      "MNIST",
      "StoreError",
      "VisionDataset",
      "memoryStore",
      "readIdx",
      "resource",
    ]
  `);
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
