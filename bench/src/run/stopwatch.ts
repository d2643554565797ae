/** A span of time in this process: on the wall, and of processors, all threads together. */
export interface Span {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** Starts to measure; call the result for what has passed since. On a busy machine processor time is the steadier. */
export function stopwatch(): () => Span {
  const wall = performance.now();
  const cpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { seconds: (performance.now() - wall) / 1000, cpuSeconds: (user + system) / 1e6 };
  };
}
