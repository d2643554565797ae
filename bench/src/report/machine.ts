import { availableParallelism, cpus, loadavg, platform, totalmem } from "node:os";

/** What this is measured on. */
export function machine(): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  return `${model}, ${availableParallelism()} cores, ${memory} GB, ${platform()}, Node ${process.version}`;
}

/** A word of warning where others were at work too; none on a quiet machine. */
export function busy(before: number): string | undefined {
  const cores = availableParallelism();
  const load = Math.max(before, loadavg()[0] ?? 0);
  if (load <= cores + 0.5) return undefined;
  return `The machine was busy (load ${load.toFixed(1)} on ${cores} cores): ratios count here, and processor time; seconds on the wall do not.`;
}
