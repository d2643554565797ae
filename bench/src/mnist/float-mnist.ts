import { readFileSync } from "node:fs";
import { join } from "node:path";

// MNIST for programs that have no data loader: floats prepared once, batches gathered by hand.

export interface FloatBatch {
  /** Images, `[size, 784]` in [-1, 1]. */
  readonly images: Float32Array;
  readonly labels: Int32Array;
}

export class FloatMNIST {
  readonly #images: Float32Array;
  readonly #labels: Int32Array;

  constructor(root: string) {
    const raw = join(root, "MNIST", "raw");
    const bytes = readFileSync(join(raw, "train-images-idx3-ubyte")).subarray(16);
    this.#images = Float32Array.from(bytes, (byte) => (byte / 255 - 0.5) / 0.5);
    this.#labels = Int32Array.from(readFileSync(join(raw, "train-labels-idx1-ubyte")).subarray(8));
  }

  /** An epoch in a new random order. */
  *batches(size: number): Generator<FloatBatch> {
    const order = shuffled(this.#labels.length);
    for (let start = 0; start < order.length; start += size) {
      const rows = order.subarray(start, start + size);
      const images = new Float32Array(rows.length * 784);
      rows.forEach((row, i) => {
        images.set(this.#images.subarray(row * 784, (row + 1) * 784), i * 784);
      });
      yield { images, labels: rows.map((row) => this.#labels[row] as number) };
    }
  }
}

/** What `nn.Linear` starts from: uniform numbers of `[-1/sqrt(fanIn), 1/sqrt(fanIn)]`. */
export function initial(fanIn: number, count: number): Float32Array {
  const bound = 1 / Math.sqrt(fanIn);
  return Float32Array.from({ length: count }, () => (Math.random() * 2 - 1) * bound);
}

function shuffled(count: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}
