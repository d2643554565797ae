import { type Device, Generator, rand, scope, type Tensor } from "@kindling/core";
import { timed } from "./timed.ts";

const SIZES = [64, 128, 256, 512, 1024, 2048, 4096];

/** Enough for a clock of a page, which tells tenths of milliseconds. */
const SPAN = 40;

/** The best rate over products of growing matrices, as far as `budget` milliseconds go. */
export async function productSpeed(
  device: Device,
  budget: number,
  now: () => number,
): Promise<{ readonly gflops: number; readonly size: number }> {
  const started = now();
  let best = { gflops: 0, size: 0 };
  for (const size of SIZES) {
    const run = await chainOf(device, size);
    try {
      await run(1); // compiles, allocates
      const once = await timed(run, 1, now);
      const count = Math.max(1, Math.min(200, Math.round(SPAN / once)));
      const each = count === 1 ? once : await timed(run, count, now);
      const gflops = (2 * size ** 3) / each / 1e6;
      if (gflops > best.gflops) best = { gflops, size };
      // The next size takes eight times as long, and is run twice at least.
      if (now() - started + 16 * each + SPAN > budget) break;
    } finally {
      run.dispose();
    }
  }
  return best;
}

interface Chain {
  /** Multiplies so many times, each time by the product before: who computes later cannot leave any out. */
  (count: number): Promise<void>;
  dispose(): void;
}

async function chainOf(device: Device, size: number): Promise<Chain> {
  const generator = new Generator(0);
  // Rows that add up to about 1 keep the products where they are.
  const matrix = scope(() =>
    rand([size, size], { generator })
      .mul(2 / size)
      .to(device),
  );
  const run = async (count: number): Promise<void> => {
    const corner = scope(() => {
      let product: Tensor = matrix;
      for (let i = 0; i < count; i++) product = scope(() => matrix.matmul(product));
      return product.amax();
    });
    await corner.item();
    corner.dispose();
  };
  return Object.assign(run, { dispose: () => matrix.dispose() });
}
