import { type Tensor, ValueError } from "@kindling/core";
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
 *
 * @throws ValueError for a data set that there is not; the errors of `MNIST.load`
 */
export async function loadSets(name: DatasetName, { model, ...options }: LoadSetsOptions): Promise<DigitSets> {
  if (!Object.hasOwn(CLASSES, name)) {
    throw new ValueError("loadSets", `unknown data set '${name}'`, "", `Known are ${Object.keys(CLASSES).join(", ")}.`);
  }
  const Kind = CLASSES[name];
  const transform = mnistTransform(model);
  const train = await Kind.load({ ...options, train: true, transform });
  const test = await Kind.load({ ...options, train: false, transform });
  return { train, test };
}
