import { parseArgs } from "node:util";

/** A network and how many images it is given at once. */
export interface Workload {
  readonly model: "mlp" | "cnn";
  readonly batchSize: number;
}

export const WORKLOADS: readonly Workload[] = [
  { model: "mlp", batchSize: 64 },
  { model: "mlp", batchSize: 500 },
  { model: "cnn", batchSize: 64 },
];

const NAMES = { mlp: "MLP", cnn: "CNN" } as const;

export function describeWorkload({ model, batchSize }: Workload): string {
  return `${NAMES[model]}, ${batchSize} images`;
}

export function workloadArgs({ model, batchSize }: Workload): string[] {
  return ["--model", model, "--batch-size", String(batchSize)];
}

/**
 * Floating-point operations of a training step: two for each product in layers and convolutions, forwards, for the gradient of the weights, and
 * for that of the input, which the first layer does not need.
 */
export function operationsOf({ model, batchSize }: Workload): number {
  const products =
    model === "mlp" ? [784 * 128, 128 * 10] : [26 * 26 * 32 * 9, 24 * 24 * 64 * 32 * 9, 9216 * 128, 128 * 10];
  const [first = 0, ...rest] = products;
  return 2 * batchSize * (2 * first + 3 * rest.reduce((sum, count) => sum + count, 0));
}

/** What a contestant of this benchmark is told. */
export interface StepOptions extends Workload {
  readonly device: string;
  readonly epochs: number;
  /** Of those devices that can be told. */
  readonly threads?: number;
}

export function stepOptions(): StepOptions {
  // tsx turns source maps on, and with them every look at a stack is dear; programs as people run them have none.
  process.setSourceMapsEnabled(false);
  const { values } = parseArgs({
    options: {
      model: { type: "string", default: "mlp" },
      "batch-size": { type: "string", default: "64" },
      device: { type: "string", default: "wasm" },
      epochs: { type: "string", default: "1" },
      threads: { type: "string" },
    },
  });
  return {
    model: values.model === "cnn" ? "cnn" : "mlp",
    batchSize: Number(values["batch-size"]),
    device: values.device,
    epochs: Number(values.epochs),
    ...(values.threads !== undefined && { threads: Number(values.threads) }),
  };
}

/** Random images, row by row, and labels. */
export function randomBatch(count: number): { readonly images: Float32Array; readonly labels: Int32Array } {
  return {
    images: Float32Array.from({ length: count * 784 }, () => Math.random() * 2 - 1),
    labels: Int32Array.from({ length: count }, (_, i) => i % 10),
  };
}
