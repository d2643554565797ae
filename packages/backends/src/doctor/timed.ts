/** Milliseconds of each of `count` repetitions of `run`, which ends when its numbers have been read. */
export async function timed(
  run: (count: number) => Promise<unknown>,
  count: number,
  now: () => number,
): Promise<number> {
  const started = now();
  await run(count);
  return Math.max(now() - started, 1e-3) / count;
}
