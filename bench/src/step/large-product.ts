import { type Device, randn, scope } from "@kindling/core";

/** Rows and columns: so large that moving the elements costs nothing beside. */
const SIZE = 1024;

/** Enough of them for a time that says something, in seconds. */
const SECONDS = 0.5;

/** The speed of a large matrix product on a device, in 10^9 floating-point operations a second: what a step could reach at most. */
export async function largeProductSpeed(target: Device): Promise<number> {
  const [a, b] = [randn([SIZE, SIZE]).to(target), randn([SIZE, SIZE]).to(target)];
  const product = async (): Promise<void> => {
    using _ = scope();
    // One element is read: the whole is computed, and not carried over.
    await a.matmul(b).select(0, 0).select(0, 0).item();
  };
  await product();
  const started = performance.now();
  let [count, seconds] = [0, 0];
  do {
    await product();
    count += 1;
    seconds = (performance.now() - started) / 1000;
  } while (seconds < SECONDS);
  a.dispose();
  b.dispose();
  return (2 * SIZE ** 3 * count) / seconds / 1e9;
}
