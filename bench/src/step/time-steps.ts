import { report } from "../run/report.ts";
import { stopwatch } from "../run/stopwatch.ts";

/** How long an epoch lasts, about. */
const SECONDS = 1.5;

/** How long a program warms up, about: an engine compiles what it has seen often, and that goes on for a thousand steps of half a millisecond. */
const WARMING = 1.5;

/** A first step that takes longer, in seconds of processors, is all that is measured: some take half a minute. */
const PATIENCE = 6;

/**
 * Runs a contestant's training steps and reports milliseconds a step, once an epoch, and those of the very first. Before that it finds how many steps
 * make an epoch of a second and a half, 300 at most, and warms up.
 *
 * @param run so many steps, to the end of the last; gives the last loss
 * @param productSpeed measures what the device could reach at most, in the same process
 */
export async function timeSteps(
  run: (count: number) => Promise<number>,
  epochs: number,
  productSpeed?: () => Promise<number>,
): Promise<void> {
  const timed = async (epoch: number, steps: number) => {
    const elapsed = stopwatch();
    const loss = await run(steps);
    const { seconds, cpuSeconds } = elapsed();
    return { epoch, steps, ms: (seconds * 1000) / steps, cpuMs: (cpuSeconds * 1000) / steps, loss };
  };
  const first = await timed(1, 1);
  if (first.cpuMs > PATIENCE * 1000) return report(first);
  const second = await timed(1, 1);
  const steps = Math.min(300, Math.max(1, Math.round((SECONDS * 1000) / second.ms)));
  for (let warm = 0; warm < WARMING; ) warm += ((await timed(0, steps)).ms * steps) / 1000;
  const samples: Awaited<ReturnType<typeof timed>>[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) samples.push(await timed(epoch, steps));
  // Afterwards: on large matrices Node's collector falls into a rhythm of its own, and keeps to it for seconds.
  const product = productSpeed === undefined ? {} : { productGflops: await productSpeed() };
  for (const sample of samples) report({ ...sample, firstMs: first.ms, ...product });
}
