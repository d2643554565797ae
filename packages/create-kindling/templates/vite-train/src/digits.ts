import { TensorDataset } from "@kindling/data";
import { syntheticDigits } from "./synthetic-digits.ts";
import type { Digits } from "./training.ts";

export interface DigitSets {
  /** What the digits are, in words. */
  readonly name: string;
  readonly trainSet: Digits;
  readonly testSet: Digits;
}

/** MNIST, where its files were in `public/mnist` when the server or the build started; else digits written by a program. */
export async function loadDigits(base: string): Promise<DigitSets> {
  if (import.meta.env.MNIST) return loadMNIST(new URL("mnist/", base).href);
  return {
    name: "6,000 synthetic digits",
    trainSet: syntheticDigits(6000, 1),
    testSet: syntheticDigits(1000, 2),
  };
}

async function loadMNIST(mirror: string): Promise<DigitSets> {
  const { MNIST } = await import("@kindling/datasets");
  const load = async (train: boolean): Promise<Digits> => {
    const { data, targets } = await MNIST.load({ root: "data", train, download: true, mirrors: [mirror] });
    return new TensorDataset(data.unsqueeze(1), targets);
  };
  return { name: "MNIST, 60,000 digits", trainSet: await load(true), testSet: await load(false) };
}
