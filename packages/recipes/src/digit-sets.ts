import type { Tensor } from "@kindling/core";
import type { Dataset } from "@kindling/data";
import { FashionMNIST, MNIST, type MNISTOptions } from "@kindling/datasets";
import type { DatasetName, ModelName } from "./config.ts";
import { mnistTransform } from "./mnist-transform.ts";

/** Images with a label each, and the names that labels stand for. */
export interface Digits extends Dataset<[Tensor, number]> {
  /** The images as they are kept: uint8 `[N, H, W]`. */
  readonly data: Tensor;
  readonly classes: readonly string[];
}

/** What to train on, and what to look at afterwards. */
export interface DigitSets {
  readonly train: Digits;
  readonly test: Digits;
}

export interface LoadSetsOptions extends Omit<MNISTOptions, "train" | "transform" | "targetTransform"> {
  /** What the images are for. Default: "mlp". */
  readonly model?: ModelName;
}

const CLASSES = { mnist: MNIST, "fashion-mnist": FashionMNIST } as const;

/**
 * Both halves of a data set, under the seed's transform for `model`. Further options are those of `MNIST.load`.
 */
export async function loadSets(name: DatasetName, { model, ...options }: LoadSetsOptions): Promise<DigitSets> {
  const transform = mnistTransform(model);
  const train = await CLASSES[name].load({ ...options, train: true, transform });
  const test = await CLASSES[name].load({ ...options, train: false, transform });
  return { train, test };
}
