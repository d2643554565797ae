import type { Tensor } from "@kindling/core";
import { DataLoader, type Dataset } from "@kindling/data";
import { MNIST } from "@kindling/datasets";
import { mnistTransform } from "@kindling/recipes";
import { contestantOptions } from "../run/contestant-options.ts";
import { report } from "../run/report.ts";
import { stopwatch } from "../run/stopwatch.ts";

type Images = Dataset<[Tensor, number]>;

interface Measure {
  /** What is loaded from, made of MNIST. Default: MNIST itself. */
  readonly from?: (images: Images) => Images;
  /** What is done with each batch. */
  readonly use: (inputs: Tensor, labels: Tensor) => void;
}

/** Loads MNIST over and over, and reports each epoch but the first, in which the compiler is at work. */
export async function measure({ from = (images) => images, use }: Measure): Promise<void> {
  const { root, epochs } = contestantOptions();
  const dataset = from(await MNIST.load({ root, transform: mnistTransform() }));
  const loader = new DataLoader(dataset, { batchSize: 500, shuffle: true });
  for (let epoch = 0; epoch <= epochs; epoch++) {
    const elapsed = stopwatch();
    for await (const [inputs, labels] of loader) use(inputs, labels);
    const { seconds, cpuSeconds } = elapsed();
    if (epoch === 0) continue;
    report({
      epoch,
      imagesPerSecond: Math.round(dataset.length / seconds),
      imagesPerCpuSecond: Math.round(dataset.length / cpuSeconds),
    });
  }
}
